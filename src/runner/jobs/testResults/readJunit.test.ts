import { expect, test } from 'vitest';
import { readJunit } from './readJunit.ts';

test('suites, classes, files, lines, times, and why', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all">
  <testsuite name="tides" file="tides.test.js">
    <testcase name="high &amp; low" time="1,200.5" line="12"/>
    <testcase name="wind" classname="Weather" file="wind.js" time="0.5">
      <failure message="expected 3, got 4" type="AssertionError"><![CDATA[at wind.js:3 <here>]]></failure>
      <system-out><![CDATA[<testcase name="no"/>]]></system-out>
    </testcase>
    <testsuite name="inner"><testcase name="moon"><error>\u001b[31mboom\u001b[39m</error></testcase></testsuite>
    <testcase name="sun"><skipped/></testcase>
  </testsuite>
</testsuites>`;
  const none = { file: 'tides.test.js', line: null, message: null, seconds: null };
  expect(readJunit(xml)).toEqual([
    { ...none, suite: 'tides', name: 'high & low', line: 12, state: 'passed', seconds: 1200.5 },
    {
      ...none,
      suite: 'Weather',
      name: 'wind',
      file: 'wind.js',
      state: 'failed',
      seconds: 0.5,
      message: 'expected 3, got 4\nat wind.js:3 <here>',
    },
    { ...none, suite: 'tides', name: 'sun', state: 'skipped' },
    { ...none, suite: 'tides › inner', name: 'moon', file: null, state: 'error', message: 'boom' },
  ]);
});

test('one suite alone, and one without tests', () => {
  expect(readJunit('<testsuite><testcase name="a"/></testsuite>')).toMatchObject([
    { suite: '', name: 'a', state: 'passed' },
  ]);
  expect(readJunit('<testsuites/>')).toEqual([]);
});

test('tests of no suite, as Node’s own reporter writes them', () => {
  const xml =
    '<testsuites><testcase name="a" classname="test"/><testcase name="b" classname="test"><failure message="one:+ two">one:\n+ two\nat c</failure></testcase></testsuites>';
  expect(readJunit(xml)).toMatchObject([
    { suite: 'test', name: 'a', state: 'passed' },
    { suite: 'test', name: 'b', state: 'failed', message: 'one:\n+ two\nat c' },
  ]);
});

const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};">`).join('');

test.each([
  [
    'billion laughs',
    `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><testsuite name="&l30;"/>`,
    'declares a type or entities',
  ],
  [
    'an external entity',
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite name="&e;"/>`,
    'declares a type or entities',
  ],
  [
    'an external type',
    `<!doctype x SYSTEM "http://127.0.0.1:1/x.dtd"><testsuite/>`,
    'declares a type or entities',
  ],
  ['a file that was cut off', '<testsuite name="a">\n<testcase name="b">', /^\d+:\d+: .*/],
  ['something else', '<html></html>', 'it has no <testsuite>'],
  ['nothing', '', 'it has no <testsuite>'],
  ['nested without end', '<testsuite>'.repeat(50_000) + '</testsuite>'.repeat(50_000), /nest/i],
])('%s is refused in words', (_, xml, why) => {
  const read = readJunit(xml);
  expect(read).toEqual(typeof why === 'string' ? expect.stringContaining(why) : expect.stringMatching(why));
});

test('what is too long is cut, and names of JavaScript mean nothing', () => {
  const [long, odd] = readJunit(
    `<testsuite><testcase name="${'x'.repeat(9999)}"><failure>${'y'.repeat(99_999)}</failure></testcase><testcase name="__proto__" time="-1" line="9999999999"/></testsuite>`,
  ) as { name: string; message: string }[];
  expect([long?.name.length, long?.message.length]).toEqual([500, 4000]);
  expect(odd).toMatchObject({ name: '__proto__', seconds: null, line: null });
  expect(readJunit('<testsuite><testcase name="a" constructor="b"/></testsuite>')).toMatch(/constructor/);
  expect(readJunit('<testsuite><__proto__><testcase name="a"/></__proto__></testsuite>')).toMatch(/proto/);
  expect({}).not.toHaveProperty('testcase');
});
