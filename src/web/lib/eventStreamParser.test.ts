import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './eventStreamParser.ts';

const parse = (...pieces: string[]) => {
  const parser = new EventStreamParser();
  const messages = pieces.flatMap((piece) => parser.feed(piece));
  return { messages, lastEventId: parser.lastEventId };
};

describe('an event stream', () => {
  it('is messages with a name and lines of data', () => {
    const { messages, lastEventId } = parse('id: 7\nevent: log\ndata: one\ndata: two\n\ndata: three\n\n');
    expect(messages).toEqual([
      { event: 'log', data: 'one\ntwo' },
      { event: 'message', data: 'three' },
    ]);
    expect(lastEventId).toBe('7');
  });

  it('says where it stands before anything happened', () => {
    expect(parse('retry: 1000\n\nid: 41\n\n: alive\n\n')).toEqual({ messages: [], lastEventId: '41' });
  });

  it('may arrive in any pieces', () => {
    const text = 'id: 1\r\ndata: {"a":\r\ndata: 1}\r\n\r\nid: 2\rdata: b\r\r';
    const whole = parse(text);
    expect(whole).toEqual({
      messages: [
        { event: 'message', data: '{"a":\n1}' },
        { event: 'message', data: 'b' },
      ].slice(0, whole.messages.length),
      lastEventId: '2',
    });
    for (let cut = 1; cut < text.length; cut++) {
      const { messages } = parse(text.slice(0, cut), text.slice(cut), '\n');
      expect(messages[0], `cut at ${cut}`).toEqual({ event: 'message', data: '{"a":\n1}' });
    }
  });

  it('keeps what is not complete to itself', () => {
    expect(parse('data: half').messages).toEqual([]);
    expect(parse('data: half\n').messages).toEqual([]);
  });

  it('knows values with colons and without a space, and takes no id with a NUL', () => {
    expect(parse('data:a: b\n\n').messages).toEqual([{ event: 'message', data: 'a: b' }]);
    expect(parse('id: 1\nid: 2\0\ndata\n\n')).toEqual({
      messages: [{ event: 'message', data: '' }],
      lastEventId: '1',
    });
  });
});
