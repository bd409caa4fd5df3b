import { useEffect, useRef } from 'react';
import { TextField } from '../../components/fields/text-field.tsx';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import type { TypeBack } from './use-type-back.ts';
import styles from './recovery-key.module.css';

interface TypedGroupsProps {
  readonly asked: readonly number[];
  readonly typing: TypeBack;
}

/** A field for each group that the room asks for; the wrong one says so and has the focus. */
export function TypedGroups({ asked, typing }: TypedGroupsProps) {
  const fields = useRef<HTMLDivElement>(null);
  const wrong = typing.refusal?.group ?? null;
  useEffect(() => {
    if (wrong !== null) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  return (
    <div ref={fields} className={styles.groups}>
      {asked.map((number, index) => (
        <TextField
          key={number}
          label={recoveryKeyText.group(number)}
          value={typing.typed[index] ?? ''}
          onChange={(group) => typing.put(index, group)}
          problem={wrong === number ? typing.refusal?.words : null}
          autoFocus={index === 0}
          large
          onEnter={typing.check}
        />
      ))}
    </div>
  );
}
