import { z } from 'zod';

/** Every id is a UUID; new ones are version 7, so that they sort by time. */
export const idSchema = z.uuid();
export type Id = string;

export type PersonId = Id;
export type PatientId = Id;
export type SessionId = Id;
export type EventId = Id;
export type RatingId = Id;
export type MonitorId = Id;
/** Made by the page for each tap, so that a repeated call records once. */
export type CommandId = Id;
