import { z } from 'zod';

export const badgeLengthMin = 4;
export const badgeLengthMax = 64;

/** What a reader types of a badge or barcode, without the Enter behind it. */
export const badgeSchema = z
  .string()
  .trim()
  .min(badgeLengthMin)
  .max(badgeLengthMax)
  .regex(/^[\u0020-\u007e]+$/, 'a badge is read as letters, digits and signs of a keyboard');
