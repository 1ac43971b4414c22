import { AppError } from '../../../platform/errors.ts';
import { type ArtifactFacts, type ArtifactStore, artifactId, fileNameOf } from './artifacts.ts';
import type { RuntimeToken } from './runtimeToken.ts';
import type { Entry } from './store/entryStore.ts';
import type { Upload } from './store/upload.ts';
import type { Grant } from './tickets.ts';
import type { TwirpFields, TwirpService } from './twirp.ts';

interface ArtifactServiceOptions {
  readonly store: ArtifactStore;
  readonly ids: Pick<RuntimeToken, 'runBackendId' | 'jobBackendId'>;
  readonly address: (grant: Grant) => string;
  readonly now: () => Date;
}

const zip = 'application/zip';

/** `github.actions.results.api.v1.ArtifactService`: the artifacts of this run. */
export function artifactService({ store, ids, address, now }: ArtifactServiceOptions): TwirpService {
  const uploads = new Map<string, { upload: Upload; mimeType: string }>(
    store.resumed.map(({ upload, note: { name = '', mimeType = zip } }) => [name, { upload, mimeType }]),
  );
  let publishing: Promise<unknown> = Promise.resolve();

  const ofThisRun = async (): Promise<Entry<ArtifactFacts>[]> =>
    (await store.list()).filter(({ facts }) => facts.run === ids.runBackendId);
  const find = async (name: string): Promise<Entry<ArtifactFacts>> => {
    const found = (await ofThisRun()).find(({ facts }) => facts.name === name);
    if (found) return found;
    throw new AppError('not_found', `this run has no artifact ${JSON.stringify(name)}`);
  };
  const assertOwn = (fields: TwirpFields): void => {
    if (fields.text('workflow_run_backend_id') !== ids.runBackendId)
      throw new AppError(
        'forbidden',
        'this token is for the artifacts of one run, and not for those of another',
      );
  };
  const assertNew = async (name: string): Promise<void> => {
    if ((await ofThisRun()).some(({ facts }) => facts.name === name))
      throw new AppError('conflict', 'an artifact with this name already exists on the workflow run');
  };
  /** One at a time: ids are counted. */
  const publish = (name: string, facts: Omit<ArtifactFacts, 'id'>, upload: Upload): Promise<number> => {
    const done = publishing.then(async () => {
      await assertNew(name);
      const id = Math.max(0, ...(await store.list()).map((entry) => entry.facts.id)) + 1;
      const fileName = fileNameOf(name, facts.mimeType);
      await store.publish(upload, { id: artifactId(name), fileName, facts: { ...facts, id }, replace: true });
      return id;
    });
    publishing = done.catch(() => undefined);
    return done;
  };

  /** Who did not hear the answer asks again. */
  const finalizedBefore = async (name: string, hash: string | null): Promise<string> => {
    const found = (await ofThisRun()).find(({ facts }) => facts.name === name);
    if (found && hash === `sha256:${found.facts.sha256}`) return String(found.facts.id);
    throw new AppError('not_found', `no upload of ${JSON.stringify(name)} was begun`);
  };

  return {
    async CreateArtifact(fields) {
      assertOwn(fields);
      const name = fields.text('name');
      artifactId(name);
      await assertNew(name);
      const mimeType = fields.optional('mime_type') ?? zip;
      const upload = await store.begin({ name, mimeType });
      await uploads.get(name)?.upload.discard();
      uploads.set(name, { upload, mimeType });
      const grant = { kind: 'upload', store: 'artifacts', id: upload.id } as const;
      return { ok: true, signed_upload_url: address(grant) };
    },
    async FinalizeArtifact(fields) {
      assertOwn(fields);
      const name = fields.text('name');
      const begun = uploads.get(name);
      const [size, hash] = [fields.optional('size'), fields.optional('hash')];
      if (!begun) return { ok: true, artifact_id: await finalizedBefore(name, hash) };
      const content = await begun.upload.content();
      if (content === null || (size !== null && Number(size) !== content.sizeBytes))
        throw new AppError(
          'invalid_input',
          `${size} bytes were announced, and ${content?.sizeBytes ?? 'none'} came`,
        );
      if (hash !== null && hash !== `sha256:${content.sha256}`)
        throw new AppError('invalid_input', `what came has the digest sha256:${content.sha256}, not ${hash}`);
      const facts = {
        name,
        run: ids.runBackendId,
        mimeType: begun.mimeType,
        ...content,
        createdAt: now().toISOString(),
      };
      const id = await publish(name, facts, begun.upload);
      uploads.delete(name);
      return { ok: true, artifact_id: String(id) };
    },
    async ListArtifacts(fields) {
      assertOwn(fields);
      const [name, id] = [fields.optional('name_filter'), fields.optional('id_filter')];
      const wanted = (await ofThisRun()).filter(
        ({ facts }) => (name === null || facts.name === name) && (id === null || String(facts.id) === id),
      );
      return {
        artifacts: wanted.map(({ facts }) => ({
          workflow_run_backend_id: ids.runBackendId,
          workflow_job_run_backend_id: ids.jobBackendId,
          database_id: String(facts.id),
          name: facts.name,
          size: String(facts.sizeBytes),
          created_at: facts.createdAt,
          digest: `sha256:${facts.sha256}`,
        })),
      };
    },
    async GetSignedArtifactURL(fields) {
      assertOwn(fields);
      const { id, facts } = await find(fields.text('name'));
      const fileName = fileNameOf(facts.name, facts.mimeType);
      return {
        name: facts.name,
        signed_url: address({ kind: 'download', store: 'artifacts', id, fileName, mimeType: facts.mimeType }),
      };
    },
    async DeleteArtifact(fields) {
      assertOwn(fields);
      const { id, facts } = await find(fields.text('name'));
      await store.remove(id);
      return { ok: true, artifact_id: String(facts.id) };
    },
  };
}
