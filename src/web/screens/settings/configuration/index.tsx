import { ApplyFile } from './ApplyFile.tsx';
import { Export } from './Export.tsx';
import { OwnFiles } from './OwnFiles.tsx';

/** Configuration files: what they would change, and the change; the server's own, and one that is handed in. */
export default function ConfigurationSection() {
  return (
    <>
      <OwnFiles />
      <ApplyFile />
      <Export />
    </>
  );
}
