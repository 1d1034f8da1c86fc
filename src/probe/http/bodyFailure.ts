import type { Reason } from '../../reasons/reason.ts';
import { ProbeFailure } from '../stage.ts';
import type { Body, BodyEnd } from './answer.ts';

const failures: Readonly<Record<Exclude<BodyEnd, 'complete' | 'bounded'>, readonly [Reason, string]>> = {
	truncated: ['body_truncated', 'the connection was closed in the middle of the body'],
	reset: ['connection_reset', 'the connection was reset in the body'],
	malformed: ['http_protocol_error', 'the body is not well-formed HTTP'],
	cut: ['body_stalled', 'the body did not end in time'],
	stalled: ['body_stalled', 'the body stopped arriving'],
};

/** Why a body that is needed whole is not there; undefined when it is, or when as much came as was asked for. */
export function bodyFailure({ end, bytes }: Body): ProbeFailure | undefined {
	if (end === 'complete' || end === 'bounded') return undefined;
	const [reason, detail] = failures[end];
	return new ProbeFailure(reason, `${detail} after ${bytes.length} bytes`);
}
