import { useState } from 'react';
import { api } from '../../../../contract/index.ts';
import { useAction } from '../../../api/hooks.ts';
import { useHasRole } from '../../../app/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Field.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import facts from '../facts.module.css';

/** Teams, projects and DSNs as a file to keep, or to set up another installation with. */
export function Export() {
  const owns = useHasRole('owner');
  const [secrets, setSecrets] = useState(false);
  const fetchText = useAction(api.exportConfiguration, {
    onSuccess: ({ text }) => download('fixtures.yml', text),
  });
  return (
    <Section title="Export">
      <p className={facts.quiet}>
        Teams, projects and DSNs as a fixture file. Applied here it changes nothing. The admin is left out,
        since no password can be read back.
      </p>
      <Checkbox
        label="With the secret keys"
        hint={
          owns
            ? 'To set up another installation alike. Keep the file as you keep the keys.'
            : 'Only an owner may take them out.'
        }
        disabled={!owns}
        checked={secrets}
        onChange={(event) => setSecrets(event.target.checked)}
      />
      <div>
        <Button
          pending={fetchText.isPending}
          pendingLabel="Exporting…"
          onClick={() => fetchText.mutate({ query: secrets ? { secrets: 'true' as const } : {} })}
        >
          Download fixtures.yml
        </Button>
      </div>
      <ProblemNote error={fetchText.error} />
    </Section>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
