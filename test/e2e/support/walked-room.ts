import type { Page } from '@playwright/test';
import { prepareRoom } from '../../support/prepared-room.ts';

/** Who is in a walked room beside its nurse. */
export const walkPeople = {
  prescriber: { name: 'Prescriber', role: 'prescriber', pin: '615243' },
  checker: { name: 'Checker', role: 'nurse', pin: '837261' },
  therapist: { name: 'Therapist', role: 'therapist', pin: '528160' },
} as const;

/** Words that a walk types, each like no other, kept so that a print can be searched for them. */
export class TypedWords {
  readonly all: string[] = [];

  say(about: string): string {
    const words = `${about} (${this.all.length + 1})`;
    this.all.push(words);
    return words;
  }
}

/** The folder of a walked room, as set up before the walk. */
export function prepareWalkedRoom(folder: string, port: string | null): Promise<string> {
  const monitors = port === null ? [] : [{ name: 'Oximeter', protocol: 'masimo-ascii1', port } as const];
  return prepareRoom(folder, { people: Object.values(walkPeople), monitors });
}

/** Another page of the same room, at the session. */
export async function goToSession(page: Page, url: string): Promise<void> {
  await page.goto(`${new URL(url).origin}/#/session`);
}
