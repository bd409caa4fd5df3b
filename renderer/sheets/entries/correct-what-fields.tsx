import { bodySides, injectionSites } from '../../../shared/clinical/route-dose.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { TypingPad } from '../../components/fields/typing-pad.tsx';
import { administrationText } from '../../text/administration.ts';
import { sessionText } from '../../text/session.ts';
import type { WhatDraft } from './correction-what.ts';
import { VitalFields } from '../vitals/vital-fields.tsx';
import styles from './correct-sheet.module.css';

const words = sessionText.correct;

interface CorrectWhatFieldsProps {
  readonly draft: WhatDraft;
  readonly onChange: (draft: WhatDraft) => void;
}

/** What an entry should have said: its figures as they stand, to be typed over. */
export function CorrectWhatFields({ draft, onChange }: CorrectWhatFieldsProps) {
  if (draft.of === 'vitals') {
    return <VitalFields label={words.whatActs.vitals} typed={draft.typed} onChange={(typed) => onChange({ of: 'vitals', typed })} />;
  }
  if (draft.of === 'left') {
    return (
      <TypingPad label={words.whatActs.left}>
        <TextField
          label={words.left(draft.worked)}
          value={draft.ml}
          onChange={(ml) => onChange({ ...draft, ml })}
          inputMode="decimal"
          maxLength={8}
        />
      </TypingPad>
    );
  }
  return (
    <TypingPad label={words.whatActs.administration}>
      <div className={styles.pair}>
        <TextField
          label={words.amounts[draft.kind]}
          value={draft.amount}
          onChange={(amount) => onChange({ ...draft, amount })}
          inputMode="decimal"
          maxLength={8}
        />
        <TextField label={administrationText.lot} value={draft.lot} onChange={(lot) => onChange({ ...draft, lot })} maxLength={40} />
      </div>
      {draft.kind === 'injection' ? (
        <div className={styles.tiles}>
          <ChoiceTiles
            label={administrationText.side}
            value={draft.side}
            onChange={(side) => onChange({ ...draft, side })}
            options={bodySides.map((value) => ({ value, label: administrationText.sides[value] }))}
          />
          <ChoiceTiles
            label={administrationText.site}
            value={draft.site}
            onChange={(site) => onChange({ ...draft, site })}
            options={injectionSites.map((value) => ({ value, label: administrationText.sites[value] }))}
          />
        </div>
      ) : null}
    </TypingPad>
  );
}
