import { Link } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { useUser } from '../../../app/session.ts';
import { Section } from '../../../ui/Page.tsx';
import facts from '../facts.module.css';
import { roleMeanings } from '../roles.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { Sessions } from './Sessions.tsx';

/** What is the signed-in user's own. */
export default function AccountSection() {
  const user = useUser();
  return (
    <>
      <Section title="You">
        <dl className={facts.facts}>
          <dt>Username</dt>
          <dd>{user.username}</dd>
          {user.name !== '' && (
            <>
              <dt>Name</dt>
              <dd>{user.name}</dd>
            </>
          )}
          <dt>E-mail</dt>
          <dd>{user.email ?? <span className={facts.quiet}>none</span>}</dd>
          <dt>Role</dt>
          <dd>
            {user.role} <span className={facts.quiet}>{roleMeanings[user.role]}</span>
          </dd>
          <dt>Teams</dt>
          <dd className={facts.line}>
            {user.teams.length === 0 && <span className={facts.quiet}>none</span>}
            {user.teams.map((team) => (
              <Link key={team} href={paths.team(team)}>
                {team}
              </Link>
            ))}
          </dd>
        </dl>
      </Section>
      <ChangePassword />
      <Sessions />
    </>
  );
}
