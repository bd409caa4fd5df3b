import { z } from 'zod';

/**
 * How the amounts of an order came to be: in which steps, and what they were before. Neither stands in an order by a
 * protocol without steps, or from before there were any: its amounts are what was worked out.
 */
const whole = z.number().int().positive();

export const infusionInSteps = {
  exact: z.object({ doseUg: whole, volumeUl: whole, rateUlPerHour: whole }).optional(),
  steps: z.object({ doseUg: whole, drawUl: whole, bagUl: whole, rateUlPerHour: whole }).optional(),
};

export const exactInjection = z.object({ doseUg: whole, volumeUl: whole }).optional();

export const injectionInSteps = {
  exact: exactInjection,
  steps: z.object({ doseUg: whole, drawUl: whole }).optional(),
};
