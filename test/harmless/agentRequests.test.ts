import { expect, test, vi } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../commands/agent.ts';
import type { HttpServer } from '../fakes/http.ts';
import { AgentWorld, type Mark, Switch } from './agentWorld.ts';

vi.setConfig({ testTimeout: 90_000 });

type Counts = Readonly<Record<string, number>>;

/** What the servers have logged, by role and method, without the first requests of each. */
function logged(world: AgentWorld, since: Mark = { registry: 0, token: 0 }): Counts {
	const counts: Record<string, number> = {};
	const count = (role: 'registry' | 'token', { requests }: HttpServer) => {
		for (const { method } of requests.slice(since[role])) {
			counts[`${role} ${method}`] = (counts[`${role} ${method}`] ?? 0) + 1;
		}
	};
	count('registry', world.registry);
	count('token', world.token);
	return counts;
}

/** What the agent says it has sent. */
async function told({ agent }: AgentWorld): Promise<Counts> {
	const { body } = await agent.get('/metrics');
	const lines = body.matchAll(/^registry_probe_requests_total\{[^}]*role="(\w+)",method="(\w+)"\} (\d+)$/gm);
	return Object.fromEntries([...lines].map(([, role, method, count]) => [`${role} ${method}`, Number(count)]));
}

const sorted = (counts: Counts) => JSON.stringify(Object.entries(counts).map(String).toSorted());

/** Between two attempts both say the same, or never. */
async function agree(world: AgentWorld, since?: Mark): Promise<void> {
	let seen: readonly [Counts, Counts] = [{}, {}];
	await until(
		async () => {
			const before = sorted(logged(world, since));
			seen = [await told(world), logged(world, since)];
			return sorted(seen[0]) === sorted(seen[1]) && before === sorted(seen[1]);
		},
		() => `told ${sorted(seen[0])}, logged ${sorted(seen[1])}`,
	);
}

test('requests_total is what the servers have seen, through faults, reloads, a standstill and a restart', async () => {
	const [registry, token] = [new Switch(), new Switch()];
	await using world = await AgentWorld.start({
		registry: { respond: registry.respond },
		token: { respond: token.respond },
	});
	await world.agent.told('path works');
	await agree(world);

	token.current = () => ({ status: 503 });
	await world.agent.told('path fails');
	await agree(world);
	token.current = () => 'close';
	await world.pass(2);
	await agree(world);
	token.current = undefined;
	registry.current = ({ method }) => (method === 'HEAD' ? { status: 404 } : 'reset');
	await world.pass(2);
	await agree(world);

	// Slow enough that a reload and a standstill fall into an attempt.
	registry.current = () => sleep(400, undefined);
	const during = async (what: () => Promise<void>) => {
		const asked = world.registry.requests.length;
		await until(
			() => world.registry.requests.length > asked,
			() => 'no attempt',
		);
		await what();
		await world.pass();
	};
	await during(() => world.reload('timeout: 5s\n'));
	await during(async () => {
		world.agent.signal('SIGSTOP');
		await sleep(1500);
		world.agent.signal('SIGCONT');
	});
	registry.current = undefined;
	await agree(world);
	expect(await world.agent.value('attempts_repeated_total', 'cause="stall"')).toBeGreaterThan(0);

	world.agent.signal('SIGTERM');
	await world.agent.ended();
	// What it sent last may still be on its way into the logs.
	await sleep(500);
	const since = world.mark();
	await world.restart();
	await world.agent.told('path works');
	await agree(world, since);
});
