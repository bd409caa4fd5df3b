import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandRules, type OfferingPart } from '../../electron/service/session/decide/command-rules.ts';
import { projectRoot } from '../../electron/setup/project-root.mjs';
import { sessionCommandSchema, type SessionCommandType } from '../../shared/contract/session-commands.ts';
import type { RoomAction } from '../../shared/contract/session-view/actions.ts';
import { openStages, sessionIn } from './command-table.ts';
import type { PlayedSession } from './played-session.ts';
import { ready } from './ready-session.ts';

const types = sessionCommandSchema.options.map((option) => option.shape.type.value);

const foundIn: Readonly<Record<OfferingPart, string>> = {
  start: 'screens/start',
  checks: 'sheets/checks',
  ratings: 'sheets/rating',
  fields: 'components/fields',
  line: 'screens/session/line',
  chips: 'screens/session/observations',
  entries: 'sheets/entries',
  next: 'screens/session/next',
  'adverse-events': 'sheets/adverse-events',
  'drug-log': 'sheets/drug-log',
  vitals: 'sheets/vitals',
  discharge: 'screens/session/discharge',
  record: 'screens/record',
  signing: 'screens/sign',
};

/** The command that an action is for; of a milestone the one of its tap, because its sheets are parts of their own. */
function commandOf(offered: RoomAction): SessionCommandType {
  if (offered.sheet === 'time') return offered.tap.type;
  return offered.action.type === 'milestone' ? 'reach-milestone' : offered.action.type;
}

/** Sessions of every route, before their dose, in it, in a pause of it and behind it. */
function sessions(): PlayedSession[] {
  const [injection, device, lozenge] = [ready('im'), ready('intranasal'), ready('sublingual')];
  const held = ready('sublingual');
  held.insist({ type: 'place-lozenge' });
  return [...openStages.map(sessionIn), injection, device, lozenge, held];
}

const offered = new Set(sessions().flatMap((session) => session.offered().map(commandOf)));

describe('every command is offered to somebody', () => {
  test.each(types.filter((type) => commandRules[type].offered === 'actions'))(
    'NEXT-10 %s is a large button at some stage of some route',
    (type) => {
      expect([...offered]).toContain(type);
    },
  );

  test.each(types.flatMap((type) => partOf(type)))(
    'NEXT-10 $type is sent by the part of the page that is said to offer it',
    ({ type, part }) => {
      expect(wordsOf(foundIn[part])).toContain(`type: '${type}'`);
    },
  );

  test('NEXT-10 negative control: a part does not hold what another one offers', () => {
    expect(wordsOf(foundIn.line)).not.toContain(`type: 'hand-over'`);
    expect([...offered]).not.toContain('hand-over');
  });
});

function partOf(type: SessionCommandType): { type: SessionCommandType; part: OfferingPart }[] {
  const part = commandRules[type].offered;
  return part === 'actions' ? [] : [{ type, part }];
}

/** Everything that the files of a folder of the page say. */
function wordsOf(folder: string): string {
  const root = join(projectRoot, 'renderer', folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  return files.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
}
