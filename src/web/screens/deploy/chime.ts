let context: AudioContext | undefined;

/** Two soft notes: up for what went well, down for what did not. */
export function chime(good: boolean): void {
  context ??= new AudioContext();
  void context.resume();
  const [first, second] = good ? [523.25, 783.99] : [392, 261.63];
  note(context, first, 0);
  note(context, second, 0.18);
}

function note(audio: AudioContext, hertz: number, afterSeconds: number): void {
  const begin = audio.currentTime + afterSeconds;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, begin);
  volume.gain.exponentialRampToValueAtTime(0.12, begin + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.5);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 0.55);
}
