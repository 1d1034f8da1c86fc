interface Shown {
	readonly registry: string;
	readonly records: readonly { readonly role: string; readonly stage: string; readonly reason?: string }[];
}

/** `role stage reason` of the failure that the observations document holds for a registry; `none` where it holds none. */
export function verdictOf({ body }: { readonly body: string }, registry: string): string {
	const { observations } = JSON.parse(body) as { readonly observations: readonly Shown[] };
	const found = observations.find((observation) => observation.registry === registry);
	if (!found) return 'never tried';
	const failed = found.records.find(({ reason }) => reason !== undefined);
	return failed ? `${failed.role} ${failed.stage} ${failed.reason}` : 'none';
}
