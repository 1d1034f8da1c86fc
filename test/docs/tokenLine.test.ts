import { expect, test } from 'vitest';
import { startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { Directory } from '../real/directory.ts';
import { tokenLine } from './commands/ofRunbook.ts';
import { runLine } from './commands/runLine.ts';

test.each([
	['as most have it', { token: 'abc.d-e_f', expires_in: 300 }],
	['as OAuth has it', { access_token: 'abc.d-e_f', token_type: 'bearer' }],
	['with a refresh token beside it', { expires_in: 300, access_token: 'abc.d-e_f', scope: '' }],
])('the line of the runbook gets the token %s', async (_how, answer) => {
	await using service = await startHttp({}, () => json(200, answer));
	using directory = new Directory();
	const line = tokenLine.replace('REALM', `http://127.0.0.1:${service.port}/token`);
	const environment = { PATH: process.env['PATH'] ?? '' };
	const { output } = await runLine(`${line}; echo "$TOKEN"`, { directory: directory.path, environment });
	expect(output).toBe('abc.d-e_f\n');
	expect(service.requests.map(({ path }) => path)).toEqual(['/token']);
});
