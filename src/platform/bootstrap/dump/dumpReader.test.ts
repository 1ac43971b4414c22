import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DumpReader } from './dumpReader.ts';
import { type Piece, textOf } from './piece.ts';

const read = (text: string | Buffer, cuts: readonly number[] = []): Piece[] => {
  const bytes = Buffer.from(text);
  const reader = new DumpReader('dump.sql');
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const chunks = borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
};

const statements = (text: string): string[] =>
  read(text)
    .filter((piece) => piece.kind === 'statement')
    .map((piece) => textOf(piece).toString());

/** What a cut anywhere must not change: neighbouring pieces of data are one. */
const shape = (pieces: readonly Piece[]): string[] => {
  const lines: string[] = [];
  for (const piece of pieces) {
    const { line, column } = piece.place;
    const text = 'start' in piece ? textOf(piece) : piece.raw;
    if (piece.kind === 'data' && lines.at(-1)?.startsWith('data'))
      lines.push(`${lines.pop()}${text.toString('latin1')}`);
    else lines.push(`${piece.kind} ${line}:${column} ${text.toString('latin1')}`);
  }
  return lines;
};

// Each holds exactly two statements: itself and `select 2;`.
const constructs: Record<string, string> = {
  'a semicolon in a string': "select ';';",
  'a doubled quote': "select 'it''s; fine';",
  'a backslash at the end of a standard string': String.raw`select 'a\';`,
  'an escaped quote': String.raw`select E'a\'; b';`,
  'an escaped backslash before the quote': String.raw`select e'a\\';`,
  'a doubled quote in an escape string': String.raw`select E'a''\'; b';`,
  'an escape string that goes on in another line': `select E'a' -- ;\n  'b\\'; c';`,
  'a standard string that goes on in another line': `select 'a'\n  'b\\';`,
  'strings of bits, of bytes, national and Unicode ones': String.raw`select B'0;', x'1F', N'a;\', U&'\0041;';`,
  'a quoted name': 'select 1 as "a;""b;";',
  'a Unicode name': 'select 1 as U&"a;";',
  'a dollar body': 'do $$ begin; $ $x$ end; $$;',
  'a tagged body': "create function f() returns text language sql as $_x1$ select ';$$;' $_x1$;",
  'a body with a tag beyond ASCII': 'do $käse$ ; $$ ; $käse$;',
  'a name with dollars': 'select a$$b, c$d$ from e$;',
  'a parameter': "prepare p as select $1, $2 || ';';",
  'a line comment': "select 1 -- it's; $$ /*\n;",
  'a nested comment': "select /* ; /* ' */ ; $$ */ 1;",
  'a comment in an operator': 'select 1 +-- ;\n 2 */* ; */ 3;',
  'division and minus': 'select 1/2-3*4 - -1;',
  parentheses:
    'create rule r as on insert to v do instead (insert into a values (1); insert into b values (2));',
  'an SQL-standard body':
    'create function f(a int) returns int language sql begin atomic select 1; select case a when 1 then (case when true then 2 end) else 3 end; end;',
  'an SQL-standard procedure':
    'CREATE OR REPLACE PROCEDURE public.p()\n LANGUAGE sql\n BEGIN ATOMIC\n  INSERT INTO t VALUES (1);\n END;',
  'a function called begin': "create function public.begin() returns int language sql as 'select 1';",
  'a column called atomic': 'create view v as select begin, atomic, "end" from t;',
  'case without a body': "create function f() returns int language sql as 'x' cost 1;",
  'CRLF and tabs': 'select\r\n\t1\r\n;',
  'characters beyond ASCII': "select 'Grüße; 🚢' as größe;",
  'a semicolon alone': ';; select 1;',
  'an assignment and a cast': "select x[1:2]::text, y := ':z;';",
  'a COPY to stdout': "copy t to stdout (delimiter ';');",
  'a COPY of a file': "copy t from '/stdin;';",
};

test.each(Object.entries(constructs))('%s', (_, text) => {
  expect(statements(`${text}\nselect 2;`)).toEqual([text.replace(/^[; ]+/, ''), 'select 2;']);
});

test('backslashes escape while standard_conforming_strings is off', () => {
  const off = 'SET standard_conforming_strings = off;';
  const on = "select pg_catalog.set_config('standard_conforming_strings', 'on', false);";
  const escaped = String.raw`insert into t values ('it\'s; fine');`;
  const plain = String.raw`insert into t values ('C:\');`;
  expect(statements(`${off}\n${escaped}\n${on}\n${plain}\nselect 2;`)).toEqual([
    off,
    escaped,
    on,
    plain,
    'select 2;',
  ]);
});

test('data of a COPY end with a line of a backslash and a dot, and nothing in them is a statement', () => {
  const text = "COPY public.t (a, b) FROM stdin;\n1\tit's; $$\n\\\\.\n\\.x\n\\N\ty\n\\.\nselect 2;";
  expect(shape(read(text))).toEqual([
    'statement 1:1 COPY public.t (a, b) FROM stdin;',
    "data 2:1 1\tit's; $$\n\\\\.\n\\.x\n\\N\ty\n",
    'end of data 6:1 \\.\n',
    'statement 7:1 select 2;',
  ]);
});

test.each([
  ['no rows', 'copy t from stdin;\n\\.\n', ['statement', 'end of data']],
  ['CRLF', 'copy t from stdin;\r\n1\r\n\\.\r\n', ['statement', 'data', 'end of data']],
  [
    'options',
    "COPY t FROM STDIN WITH (FORMAT csv, DELIMITER ';'); -- rows\n1;2\n\\.\n",
    ['statement', 'data', 'end of data'],
  ],
  [
    'the end of the file right after it',
    'copy t (a) from stdin;\n1\n\\.',
    ['statement', 'data', 'end of data'],
  ],
  ['a WHERE', 'copy t (a) from stdin where (a > 1);\n1\n\\.', ['statement', 'data', 'end of data']],
])('data with %s', (_, text, kinds) => {
  expect(read(text).map((piece) => piece.kind)).toEqual(kinds);
});

test('commands of psql stand on lines of their own', () => {
  const text = "\\restrict aB'c;$$\n\nselect 1;\n-- end\n\\unrestrict aB'c;$$";
  expect(shape(read(text))).toEqual([
    "command 1:1 \\restrict aB'c;$$\n",
    'statement 3:1 select 1;',
    "command 5:1 \\unrestrict aB'c;$$",
  ]);
});

test('a statement knows its line and column, comments before it not counted', () => {
  const pieces = read('-- one\n/* ü */ select 1; select\n2;\n  ü := 3;');
  expect(pieces.map(({ place }) => place)).toEqual([
    { line: 2, column: 9 },
    { line: 2, column: 19 },
    { line: 4, column: 3 },
  ]);
});

test('the last statement needs no semicolon', () => {
  expect(statements('select 1; select 2 -- end')).toEqual(['select 1;', 'select 2 -- end']);
});

test.each([
  ["select 1;\n select 'a;\n", /^dump\.sql:2:9: the file ends within a quoted string that is not closed/],
  ["select E'a\\'", /1:9: .*quoted string/],
  ['select "a', /1:8: .*quoted name/],
  ['\ndo $x$ begin end; $$;', /2:4: .*dollar-quoted body that is not closed/],
  ['select 1 /* /* */ ', /1:10: .*comment that is not closed/],
  ['create table t (\n a int', /1:16: .*parenthesis that is not closed/],
  [
    'create function f() returns int begin atomic select 1;',
    /1:1: .*a BEGIN ATOMIC body without its END, which begins here\. The dump was cut off/,
  ],
  [
    '\ncopy t from stdin;\n1\n2',
    /2:1: the file ends within the data of this COPY: the line "\\\." is missing/,
  ],
  ['copy t from stdin;', /1:1: the file ends within the data/],
  ['copy t from stdin; select 1;\n\\.\n', /1:19: data of a COPY begin on the next line/],
  ['select 1 \\gset\n', /1:10: a backslash within a statement/],
])('%j is refused with its place', (text, message) => {
  expect(() => read(text)).toThrow(message);
  expect(() =>
    read(
      text,
      [...text].map((_, index) => index),
    ),
  ).toThrow(message);
});

test('a statement that no server would take is not collected without end', () => {
  const reader = new DumpReader('dump.sql', { longestStatementBytes: 1000 });
  const write = () => {
    for (let count = 0; count < 100; count += 1)
      reader.push(Buffer.from(count === 0 ? "select '" : 'x'.repeat(100)));
  };
  expect(write).toThrow(
    /^dump\.sql:1:8: a statement of more than 1000 bytes.* a quoted string that is not closed/,
  );
});

test('wherever chunks end, the pieces are the same, and together they are the dump', () => {
  const parts = [
    ...Object.values(constructs),
    'copy t (a) from stdin;\n\\N\n\\.x\n\\\\.\nlast\n\\.\n',
    'COPY t FROM stdin;\r\n\\.\r\n',
    '\\restrict k\n',
    '-- a comment\n',
    '\n/* one /* two */ */\n',
  ];
  const dumps = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((chosen) => chosen.join('\n'));
  const cuts = fc.oneof(
    fc.array(fc.nat(), { maxLength: 20 }),
    fc.constant(Array.from({ length: 4000 }, (_, i) => i)),
  );
  fc.assert(
    fc.property(dumps, cuts, (text, borders) => {
      const pieces = read(text, borders);
      expect(Buffer.concat(pieces.map(({ raw }) => raw)).toString()).toBe(text);
      expect(shape(pieces)).toEqual(shape(read(text)));
    }),
    { numRuns: 300 },
  );
});

test('of bytes in any order, what is read together is read the same in pieces', () => {
  const fragments = [
    "'",
    "E'",
    '"',
    '$$',
    '$a$',
    '--',
    '/*',
    '*/',
    '\n',
    '\\',
    ';',
    '(',
    ')',
    ' ',
    'ü',
    'begin atomic',
    'end',
    'create function ',
    'copy t from stdin',
    '\\.',
    '\r\n',
    '$1',
  ];
  const outcome = (text: string, borders: readonly number[]) => {
    try {
      return shape(read(text, borders));
    } catch (error) {
      return String(error);
    }
  };
  const texts = fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((chosen) => chosen.join(''));
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 60 }), (text, borders) => {
      expect(outcome(text, borders)).toEqual(outcome(text, []));
    }),
    { numRuns: 2000 },
  );
});
