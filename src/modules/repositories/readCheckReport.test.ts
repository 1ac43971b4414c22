import { describe, expect, it } from 'vitest';
import { CheckReport } from '../../contract/checkReports.ts';
import { readCheckReport } from './readCheckReport.ts';

const sha = 'a'.repeat(40);
const read = (body: CheckReport) => readCheckReport(CheckReport.parse(body), sha);

describe('a report of a check', () => {
  it.each<[string, CheckReport, object]>([
    [
      "in Slipway's shape",
      {
        name: 'ci',
        status: 'completed',
        conclusion: 'failure',
        url: 'https://ci.example/1',
        summary: 'two tests',
      },
      {
        name: 'ci',
        status: 'completed',
        conclusion: 'failure',
        url: 'https://ci.example/1',
        summary: 'two tests',
      },
    ],
    [
      'as a check run of GitHub that goes on',
      {
        name: 'mighty_readme',
        head_sha: sha,
        status: 'in_progress',
        external_id: '42',
        started_at: '2018-05-04T01:14:52Z',
        output: { title: 'Mighty Readme report', summary: '', text: '', annotations: [] },
      },
      {
        name: 'mighty_readme',
        status: 'in_progress',
        conclusion: null,
        url: null,
        summary: 'Mighty Readme report',
      },
    ],
    [
      'as a check run of GitHub that has a conclusion only',
      {
        name: 'build',
        conclusion: 'success',
        details_url: 'https://ci.example/2',
        completed_at: '2018-05-04T01:14:52Z',
      },
      { name: 'build', status: 'completed', conclusion: 'success', url: 'https://ci.example/2', summary: '' },
    ],
    [
      'as a check run of GitHub that says nothing',
      { name: 'build' },
      { name: 'build', status: 'queued', conclusion: null, url: null, summary: '' },
    ],
    [
      'as a commit status of GitHub',
      {
        state: 'success',
        target_url: 'https://example.com/build/status',
        description: 'The build succeeded!',
        context: 'continuous-integration/jenkins',
      },
      {
        name: 'continuous-integration/jenkins',
        status: 'completed',
        conclusion: 'success',
        url: 'https://example.com/build/status',
        summary: 'The build succeeded!',
      },
    ],
    [
      'as a commit status that is pending',
      { state: 'pending' },
      { name: 'default', status: 'in_progress', conclusion: null },
    ],
    [
      'as a commit status that is an error',
      { state: 'error', target_url: '' },
      { conclusion: 'failure', url: null },
    ],
  ])('%s', (_name, body, expected) => {
    expect(read(body)).toMatchObject(expected);
  });

  it('about another commit is refused', () => {
    expect(() => read({ name: 'build', head_sha: 'b'.repeat(40) })).toThrow(/body\.head_sha/);
  });

  it.each<[object, string]>([
    [{ status: 'queued' }, 'name'],
    [{ state: 'success', status: 'completed' }, 'state'],
    [{ state: 'done' }, 'state'],
    [{ name: 'x', url: 'javascript:alert(1)' }, 'url'],
    [{ state: 'success', target_url: 'ftp://x' }, 'target_url'],
  ])('%j is refused at %s', (body, path) => {
    expect(CheckReport.safeParse(body).error?.issues[0]?.path).toEqual([path]);
  });
});
