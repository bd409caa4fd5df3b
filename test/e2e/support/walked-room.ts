import type { Page } from '@playwright/test';
import { addServedPerson, callRoom } from '../../support/room-client.ts';
import { boardOf } from './running-room.ts';
import { nursePin } from './session-acts.ts';

/** Who is in a walked room beside its nurse. */
export const walkPeople = {
  // First, while nobody else is there who would have to confirm it.
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

/** Sets the room up by calls: set-up and adding people have specs of their own. */
export async function setUpWalkedRoom(url: string, port: string | null): Promise<void> {
  const calls = await callRoom(url);
  const monitors = port === null ? [] : [{ name: 'Oximeter', protocol: 'masimo-ascii1', port } as const];
  await calls.client.setup.room({ roomName: 'Room 2', person: { name: 'Nurse', role: 'nurse', pin: nursePin }, monitors });
  const nurse = (await boardOf(calls)).staff.people[0];
  await calls.client.staff.signIn({ personId: nurse?.personId ?? '', pin: nursePin });
  for (const person of Object.values(walkPeople)) await addServedPerson(calls, person);
  calls.close();
}

/** Another page of the same room, at the session. */
export async function goToSession(page: Page, url: string): Promise<void> {
  await page.goto(`${new URL(url).origin}/#/session`);
}
