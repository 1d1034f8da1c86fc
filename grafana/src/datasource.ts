/** Whatever Prometheus the reader of a board has chosen. */
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;
