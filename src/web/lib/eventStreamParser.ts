/** One message of an event stream. */
export interface Message {
  readonly event: string;
  readonly data: string;
}

/**
 * Parses server-sent events as they arrive (WHATWG HTML, "Interpreting an event stream"). Unlike most it also
 * tells the id of a block without data: so the server says where a stream stands before anything happened.
 */
export class EventStreamParser {
  /** The last id that was seen; undefined before the first. */
  lastEventId: string | undefined;
  #rest = '';
  #event = '';
  #data: string[] = [];

  /** The messages that are complete with this piece of text. */
  feed(text: string): Message[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    const messages: Message[] = [];
    for (const line of lines) {
      if (line === '') this.#dispatch(messages);
      else this.#take(line);
    }
    return messages;
  }

  #take(line: string): void {
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.lastEventId = value;
  }

  #dispatch(messages: Message[]): void {
    if (this.#data.length > 0)
      messages.push({ event: this.#event || 'message', data: this.#data.join('\n') });
    this.#event = '';
    this.#data = [];
  }
}
