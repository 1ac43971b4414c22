import { Transform } from 'node:stream';

/**
 * Passes on the answer of `git receive-pack`, and has git print `lines(said)` to who pushed. They are asked for when
 * everything else was `said` (of which they see the first 64 KiB): after the report, before the flush packet that ends the answer, where the output of a
 * post-receive hook would stand (gitprotocol-pack, "Report Status"; side-band-64k). Without side band nothing is added.
 */
export function sideBandMessage(lines: (said: string) => Promise<readonly string[]>): Transform {
  let rest: Buffer = Buffer.alloc(0);
  let sideBand = false;
  let said = '';

  const passOn = async (transform: Transform): Promise<void> => {
    for (let packet = nextPacket(rest); packet !== undefined; packet = nextPacket(rest)) {
      rest = rest.subarray(packet.length);
      const more = isFlush(packet) ? await lines(said) : [];
      if (sideBand) for (const line of more) transform.push(messagePacket(line));
      sideBand ||= isOnBand(packet);
      said = (said + packet.toString('latin1', headerLength + 1)).slice(0, maxSaid);
      transform.push(packet);
    }
  };

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, chunk]);
      passOn(this).then(() => done(), done);
    },
    flush(done) {
      this.push(rest);
      done();
    },
  });
}

const headerLength = 4;
const maxSaid = 64 * 1024;

/** The packet that `bytes` begin with, once it is whole; what is no packet is passed on as it is. */
function nextPacket(bytes: Buffer): Buffer | undefined {
  if (bytes.length < headerLength) return undefined;
  const header = bytes.toString('latin1', 0, headerLength);
  if (!/^[0-9a-f]{4}$/i.test(header)) return bytes;
  const length = Math.max(headerLength, Number.parseInt(header, 16));
  return bytes.length < length ? undefined : bytes.subarray(0, length);
}

const isOnBand = (packet: Buffer): boolean => [1, 2, 3].includes(packet[headerLength] ?? 0);

const isFlush = (packet: Buffer): boolean => packet.toString('latin1') === '0000';

/** A line on band 2, which git shows as `remote: …`. */
function messagePacket(line: string): Buffer {
  const data = Buffer.from(`\u0002${line}\n`);
  return Buffer.concat([Buffer.from((data.length + headerLength).toString(16).padStart(4, '0')), data]);
}
