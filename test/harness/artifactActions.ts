/** What the official clients say to the service of artifacts, in their shortest form. */
const client = `
const ids = () => {
  const claims = JSON.parse(Buffer.from(process.env.ACTIONS_RUNTIME_TOKEN.split('.')[1], 'base64url'));
  const [, run, job] = claims.scp.split(' ')[1].split(':');
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
};
const call = async (method, body) => {
  const url = process.env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.ArtifactService/' + method;
  const headers = { authorization: 'Bearer ' + process.env.ACTIONS_RUNTIME_TOKEN, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...ids(), ...body }) });
  if (!response.ok) throw new Error(method + ': ' + (await response.text()));
  return response.json();
};`;

/** The files of a local action, to be used as `./up` or whatever the directory is, that runs this script. */
const action = (directory: string, script: string): Record<string, string> => ({
  [`${directory}/action.yml`]: 'name: x\nruns: { using: node24, main: index.js }',
  [`${directory}/index.js`]: `${client}\n(async () => {${script}})();`,
});

/** An action `./up` that puts up an artifact of which `body` (an expression) is all. */
export const puttingUp = (name: string, body: string): Record<string, string> =>
  action(
    'up',
    `
  const { signed_upload_url: url } = await call('CreateArtifact', { name: '${name}', version: 4 });
  const body = ${body};
  await fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body });
  await call('FinalizeArtifact', { name: '${name}', size: String(body.length) });
`,
  );

/** An action `./down` that gets an artifact, and says how large it is. */
export const getting = (name: string): Record<string, string> =>
  action(
    'down',
    `
  const { signed_url: url } = await call('GetSignedArtifactURL', { name: '${name}' });
  const text = await (await fetch(url)).text();
  console.log('it has ' + text.length + ' bytes');
`,
  );
