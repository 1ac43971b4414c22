import { type FormEvent, useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { TeamDetail } from '../../../contract/teams.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { useHasRole } from '../../app/session.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import styles from './team.module.css';

/** Who is in a team. Admins say so. */
export function Members({ team }: { team: TeamDetail }) {
  const administers = useHasRole('admin');
  const users = useApi(api.listUsers, {});
  const remove = useAction(api.removeTeamMember);
  const named = new Map(users.data?.items.map((user) => [user.username, user]));
  return (
    <Section title="Members">
      {team.members.length === 0 && (
        <p className={styles.quiet}>Nobody yet: only admins can ship its apps and change its projects.</p>
      )}
      <ul className={styles.members}>
        {team.members.map((username) => {
          const user = named.get(username);
          return (
            <li key={username} className={styles.member}>
              <Avatar name={user?.name || username} />
              <span className={styles.name}>
                <span>{username}</span>
                {user?.name && <span className={styles.quiet}>{user.name}</span>}
              </span>
              <span>{user?.disabled ? <Badge>disabled</Badge> : user && <Badge>{user.role}</Badge>}</span>
              {administers && (
                <Button
                  size="small"
                  tone="quiet"
                  aria-label={`Remove ${username}`}
                  pending={remove.isPending && remove.variables.params.username === username}
                  pendingLabel="Removing…"
                  onClick={() => remove.mutate({ params: { team: team.slug, username } })}
                >
                  Remove
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ProblemNote error={remove.error} />
      {administers && (
        <AddMember
          team={team}
          candidates={[...named.keys()].filter((username) => !team.members.includes(username))}
        />
      )}
    </Section>
  );
}

function AddMember({ team, candidates }: { team: TeamDetail; candidates: readonly string[] }) {
  const [chosen, setChosen] = useState('');
  const add = useAction(api.addTeamMember, { onSuccess: () => setChosen('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== '' && !add.isPending) add.mutate({ params: { team: team.slug, username: chosen } });
  };
  if (candidates.length === 0) return null;
  return (
    <>
      <form className={styles.add} onSubmit={submit}>
        <Select
          label="Add a member"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          options={[
            { value: '', label: 'Choose a user' },
            ...candidates.map((username) => ({ value: username, label: username })),
          ]}
        />
        <Button type="submit" disabled={chosen === ''} pending={add.isPending} pendingLabel="Adding…">
          Add
        </Button>
      </form>
      <ProblemNote error={add.error} />
    </>
  );
}
