type Place = 'text' | 'escape' | 'sequence' | 'string' | 'string-escape';

/** Parameters of an SGR sequence take fewer characters. */
const longestColour = 64;
const mostOpenColours = 16;

export interface LogFilter {
  /** The next text of a log, safe to show. Sequences that are cut between two texts are put together. */
  filter(text: string): string;
}

/**
 * Lets through what a log says and, if `colours`, how it is coloured (SGR), and nothing else that a terminal
 * obeys (ECMA-48). Each answer begins with the colours that are open and ends without any, so that other output
 * may stand between two of them. A lone carriage return becomes a line feed: nothing can be overwritten.
 */
export function createLogFilter(options: { colours: boolean }): LogFilter {
  let place: Place = 'text';
  let parameters = '';
  let open: string[] = [];
  let returned = false;

  function step(char: string): string {
    if (char === '\n') return lineEnd();
    switch (place) {
      case 'text':
        return control(char);
      case 'escape':
        return afterEscape(char);
      case 'sequence':
        return inSequence(char);
      case 'string':
        if (char === '\u0007' || char === '\u009c') place = 'text';
        else if (char === '\u001b') place = 'string-escape';
        return '';
      case 'string-escape':
        place = char === '\\' ? 'text' : 'string';
        return '';
    }
  }

  /** No sequence goes on over the end of its line: a broken one must not swallow the rest of the log. */
  function lineEnd(): string {
    place = 'text';
    returned = false;
    return '\n';
  }

  function control(char: string): string {
    if (char === '\u001b') place = 'escape';
    else if (char === '\u009b') beginSequence();
    else if (/[\u0090\u0098\u009d-\u009f]/.test(char)) place = 'string';
    else if (char === '\r') returned = true;
    return '';
  }

  function afterEscape(char: string): string {
    if (char === '[') beginSequence();
    else if (/[\]PX^_]/.test(char)) place = 'string';
    else if (!/[ -/]/.test(char)) place = 'text';
    return '';
  }

  function beginSequence(): void {
    place = 'sequence';
    parameters = '';
  }

  function inSequence(char: string): string {
    if (char === '\u001b') place = 'escape';
    else if (/[@-~]/.test(char)) {
      place = 'text';
      if (char === 'm' && options.colours && isColour(parameters)) return colour();
    } else if (parameters.length <= longestColour) parameters += char;
    return '';
  }

  function colour(): string {
    const sgr = `\u001b[${parameters}m`;
    // A reset, also one that sets something new after it, forgets what was open.
    if (/^0*(?:$|;)/.test(parameters)) open = [];
    if (!/^0*$/.test(parameters)) open = [...open.slice(1 - mostOpenColours), sgr];
    return sgr;
  }

  function textRun(run: string): string {
    const shown = returned && !run.startsWith('\n') ? `\n${run}` : run;
    returned = false;
    return shown;
  }

  return {
    filter(text) {
      const before = open.join('');
      let shown = '';
      for (let at = 0; at < text.length; ) {
        const run = place === 'text' ? plainRunAt(text, at) : '';
        shown += run === '' ? step(text.charAt(at)) : textRun(run);
        at += run.length || 1;
      }
      if (shown === '') return '';
      return before + shown + (open.length > 0 ? '\u001b[0m' : '');
    },
  };
}

const isColour = (parameters: string): boolean =>
  parameters.length <= longestColour && /^[\d;:]*$/.test(parameters);

// biome-ignore lint/suspicious/noControlCharactersInRegex: all but they are what is looked for.
const plainRun = /[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]+/y;

/** The characters from `at` on that a terminal only shows. */
function plainRunAt(text: string, at: number): string {
  plainRun.lastIndex = at;
  return plainRun.exec(text)?.[0] ?? '';
}
