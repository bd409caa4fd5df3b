/** The sheets of the observation line. */
export type ObservationSheetKind =
  | { readonly kind: 'observation' }
  | { readonly kind: 'observations' }
  | { readonly kind: 'correct-observation'; readonly eventId: string }
  /** `bringsText`: the words of the shared line come along. */
  | { readonly kind: 'private-open'; readonly bringsText?: boolean }
  | { readonly kind: 'private-notes' };
