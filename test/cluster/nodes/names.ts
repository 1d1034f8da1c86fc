/** The namespace of those who use the cluster. */
export const team = 'team';
