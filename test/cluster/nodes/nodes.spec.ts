import { agents } from './scenarios/agents.ts';
import { faults } from './scenarios/faults.ts';
import { images } from './scenarios/images.ts';
import { life } from './scenarios/life.ts';
import { removal } from './scenarios/removal.ts';
import { clusterSuite } from './suite.ts';

clusterSuite((here) => {
	agents(here);
	faults(here);
	images(here);
	life(here);
	removal(here);
});
