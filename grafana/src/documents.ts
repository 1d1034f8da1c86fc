import { ConstantVariableBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** The variable that says where the directory `docs/` can be read: an address without a slash at its end. */
export const documents = 'docs';

/** As in the links of the alerts: it says which document, and leads somewhere only when an address stands for it. */
const unknownPlace = 'docs';

/** A constant, which is no part of a board's address: nobody can send round a board whose links lead elsewhere. */
export function documentsVariable(): ConstantVariableBuilder {
	return new ConstantVariableBuilder(documents)
		.label('Documents')
		.description('Where links to the runbook lead: the address of the directory docs/.')
		.value(unknownPlace);
}

/** A board whose links to documents lead to this address. */
export function leadingTo(address: string, board: Dashboard): Dashboard {
	const list = (board.templating.list ?? []).map((variable) =>
		variable.name === documents ? { ...variable, query: address.replace(/\/+$/, '') } : variable,
	);
	return { ...board, templating: { ...board.templating, list } };
}
