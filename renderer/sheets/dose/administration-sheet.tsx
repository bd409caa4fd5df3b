import { useState } from 'react';
import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { bodySides, injectionSites } from '../../../shared/clinical/route-dose.ts';
import { perKilogram } from '../../../shared/clinical/dose-order.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { openedDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { orderedUg } from '../../components/ordered-dose.ts';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useOpenedMs, useServiceNow } from '../../live/room-context.tsx';
import { administrationText } from '../../text/administration.ts';
import {
  emptyAdministration,
  administrationEffect,
  administrationRequest,
  nextUg,
  type AdministrationAction,
  type AdministrationInput,
} from './administration-input.ts';
import { DoseFrame, WhatItDoes } from './dose-frame.tsx';
import styles from './dose-sheet.module.css';

interface AdministrationSheetProps {
  readonly action: AdministrationAction;
  readonly onClose: () => void;
}

/** One injection, device or lozenge: what was given before it, what this one is and does, then one button. */
export function AdministrationSheet({ action, onClose }: AdministrationSheetProps) {
  const session = useBoard((board) => board.session);
  const number = (session?.dose.administrations.length ?? 0) + 1;
  return (
    <Sheet label={administrationText.title[action](number)} onClose={onClose}>
      {session === null || session.dose.routeOrder === null ? (
        <p className={styles.quiet}>{administrationText.noOrder}</p>
      ) : (
        <AdministrationForm action={action} session={session} onClose={onClose} />
      )}
    </Sheet>
  );
}

function AdministrationForm({ action, session, onClose }: AdministrationSheetProps & { readonly session: SessionView }) {
  // What was given while the sheet is open does not change what this sheet is about.
  const [number] = useState(session.dose.administrations.length + 1);
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const openedMs = useOpenedMs();
  const [input, setInput] = useState<AdministrationInput>(() => ({ ...emptyAdministration, time: openedDraft(openedMs) }));
  const now = { utcMs: nowMs, offsetMin: clock.offsetMin, hours: clock.formats.hours };
  const request = administrationRequest(action, input, now);
  const act = useAct(request.ready ? request.command : null, onClose);
  return (
    <DoseFrame
      title={administrationText.title[action](number)}
      instruction={administrationText.instruction[action]}
      act={act}
      effect={<WhatItDoes sentences={administrationEffect(action, input, session, nowMs)} />}
      record={administrationText.record[action]}
      waitsFor={request.ready ? null : request.waitsFor}
      onClose={onClose}
    >
      <GivenSoFar session={session} input={input} nowMs={nowMs} />
      <div className={styles.inputs}>
        <AdministrationFields action={action} input={input} put={(change) => setInput((current) => ({ ...current, ...change }))} />
        <ClinicalTimeField draft={input.time} onChange={(time) => setInput((current) => ({ ...current, time }))} now={now} />
      </div>
    </DoseFrame>
  );
}

function GivenSoFar({
  session,
  input,
  nowMs,
}: {
  readonly session: SessionView;
  readonly input: AdministrationInput;
  readonly nowMs: number;
}) {
  const { dose, weight } = session;
  const givenUg = deliveredUg(dose, nowMs);
  const next = nextUg(dose, input.amount);
  return (
    <dl className={styles.soFar}>
      <div>
        <dt>{administrationText.given}</dt>
        <dd>
          <strong>{showMilli(givenUg)}</strong> {administrationText.ofMg(showMilli(orderedUg(dose) ?? 0))}
        </dd>
      </div>
      {weight === null ? null : (
        <div>
          <dt>{administrationText.perKg}</dt>
          <dd>
            <strong>{showMilli(perKilogram(givenUg, weight.grams))}</strong> mg/kg
          </dd>
        </div>
      )}
      <div>
        <dt>{administrationText.next}</dt>
        <dd>
          {next === null ? (
            <span>–</span>
          ) : (
            <>
              <strong>{showMilli(next)}</strong> mg
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{administrationText.times}</dt>
        <dd>
          {dose.startedMs === null ? (
            <span>{administrationText.notStarted}</span>
          ) : (
            <strong>{minutesAndSeconds(nowMs - dose.startedMs)}</strong>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface AdministrationFieldsProps {
  readonly action: AdministrationAction;
  readonly input: AdministrationInput;
  readonly put: (change: Partial<AdministrationInput>) => void;
}

function AdministrationFields({ action, input, put }: AdministrationFieldsProps) {
  if (action === 'expel-lozenge') return null;
  const lot = (
    <TextField
      label={action === 'place-lozenge' ? administrationText.lotOptional : administrationText.lot}
      value={input.lot}
      onChange={(value) => put({ lot: value })}
      maxLength={40}
    />
  );
  if (action !== 'give-injection') return lot;
  return (
    <>
      <div>
        <p className={styles.label}>{administrationText.site}</p>
        <ChoiceTiles
          label={administrationText.site}
          value={input.site}
          onChange={(site) => put({ site })}
          options={injectionSites.map((value) => ({ value, label: administrationText.sites[value] }))}
        />
      </div>
      <div>
        <p className={styles.label}>{administrationText.side}</p>
        <ChoiceTiles
          label={administrationText.side}
          value={input.side}
          onChange={(side) => put({ side })}
          options={bodySides.map((value) => ({ value, label: administrationText.sides[value] }))}
        />
      </div>
      <div className={styles.pair}>
        {lot}
        <TextField
          label={administrationText.amount}
          value={input.amount}
          onChange={(amount) => put({ amount })}
          inputMode="decimal"
          maxLength={8}
        />
      </div>
    </>
  );
}
