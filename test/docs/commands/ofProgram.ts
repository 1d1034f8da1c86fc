import { by, type Claim, form, here, until } from './claim.ts';

const askedByAgents = by('test/kubernetes/cluster.spec.ts', 'people see nodes against registries');
const askedOfPod = by('test/kubernetes/explainPod.spec.ts', 'the agent of the node tells the cause');

/** Commands of the program itself. */
export const ofProgram: Readonly<Record<string, Claim>> = {
	'registry-probe agent --config config.yaml': until(/agent listens/),
	'registry-probe config --config config.yaml': here(/config\.yaml/),
	'npx registry-probe config --config my-cluster/config.yaml': here(/config\.yaml/),
	'registry-probe plan --config config.yaml': here(/docker\.io/),
	'registry-probe plan': here(/registry\.k8s\.io/),
	'registry-probe plan --root /host': here(/docker\.io/),
	'registry-probe plan --root /host --output json': here(/"version": ?1/),
	'registry-probe check': here(/docker\.io/),
	'registry-probe check --root /host docker.io': here(/docker\.io/),
	'npm start -- check docker.io': here(/docker\.io/),
	'npm start -- check ghcr.io/org/app:1.2': here(/ghcr\.io\/org\/app:1\.2/),
	'npm start -- check localhost:5000/app:latest': here(/localhost:5000\/app:latest/),
	'npm start -- plan': here(/registry\.k8s\.io/),
	[`npm start -- explain --message 'failed to pull and unpack image "docker.io/library/nginx:1.29": failed to resolve reference "docker.io/library/nginx:1.29": failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.29": dial tcp: lookup registry-1.docker.io: i/o timeout'`]:
		here(/dns_timeout/),
	[`registry-probe explain --message 'rpc error: code = Unknown desc = failed to pull and unpack image "…": …'`]: here(
		/does not say|not understood|no reason/i,
		1,
	),
	'registry-probe cluster': askedByAgents,
	'npx registry-probe cluster': askedByAgents,
	'registry-probe cluster --context prod --output json': by(
		'test/kubernetes/cluster.spec.ts',
		'programs get the same as JSON',
	),
	'registry-probe cluster --prometheus http://localhost:9090': by(
		'test/commands/clusterPrometheus.test.ts',
		'by one query it says the same as the agents',
	),
	'registry-probe explain shop/cart-7d9f': askedOfPod,
	'npx registry-probe explain shop/cart-7d9f': askedOfPod,
	'registry-probe explain cart-7d9f --context prod --output json': by(
		'test/kubernetes/explainPod.spec.ts',
		'programs get the same',
	),
	'registry-probe <command>': form('registry-probe'),
	'npm start -- <command>': form('npm start'),
	'registry-probe check REGISTRY': form('registry-probe check'),
	'registry-probe check IMAGE': form('registry-probe check'),
	'registry-probe config --config FILE': form('registry-probe config'),
	'registry-probe explain --message': form('registry-probe explain'),
	'registry-probe explain NAMESPACE/POD': form('registry-probe explain'),
	'registry-probe explain [NAMESPACE/]POD': form('registry-probe explain'),
};
