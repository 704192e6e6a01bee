// Drives a fake Compute Engine with Google's own client: launch on spot, list by label, fail for lack of capacity, delete.
const compute = require('@google-cloud/compute').v1;

const endpoint = new URL(process.argv[2]);
const project = process.argv[3];
const zone = 'us-central1-a';
// Without credentials: what the client asks for before each call is answered with nothing.
const nobody = { getRequestHeaders: async () => new Headers(), request: async () => { throw new Error('not here'); } };
const options = {
  apiEndpoint: endpoint.hostname,
  port: Number(endpoint.port),
  protocol: 'http',
  fallback: true,
  projectId: project,
  auth: { getClient: async () => nobody, getRequestHeaders: async () => ({}), getUniverseDomain: async () => 'googleapis.com' },
};

const body = (name, type) => ({
  name,
  machineType: `zones/${zone}/machineTypes/${type}`,
  labels: { 'skyhedge-lineage': 'node' },
  scheduling: { provisioningModel: 'SPOT', instanceTerminationAction: 'DELETE', onHostMaintenance: 'TERMINATE' },
  disks: [{ boot: true, autoDelete: true, initializeParams: { sourceImage: 'projects/p/global/images/i', diskSizeGb: '50' } }],
  networkInterfaces: [{ network: 'global/networks/default' }],
});

async function finished(operations, operation) {
  let current = operation;
  for (let i = 0; i < 100 && current.status !== 'DONE'; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    [current] = await operations.get({ project, zone, operation: current.name });
  }
  return current;
}

(async () => {
  const instances = new compute.InstancesClient(options);
  const operations = new compute.ZoneOperationsClient(options);

  const [inserting] = await instances.insert({
    project, zone, instanceResource: body('sh-node', 'g2-standard-4'), requestId: '2f4ff6a0-0d5f-5b1c-9c0e-0123456789ab',
  });
  const inserted = await finished(operations, inserting.latestResponse);
  console.log('inserted', inserted.status);

  for await (const [, scoped] of instances.aggregatedListAsync({ project, filter: 'labels.skyhedge-lineage=node' })) {
    for (const one of scoped.instances || []) {
      console.log('listed', one.name, one.scheduling.provisioningModel);
    }
  }

  try {
    await instances.insert({ project, zone, instanceResource: body('sh-none', 'no-such-type') });
  } catch (error) {
    console.log('refused', error.code, error.message);
  }

  const [deleting] = await instances.delete({ project, zone, instance: 'sh-node' });
  await finished(operations, deleting.latestResponse);
  try {
    await instances.get({ project, zone, instance: 'sh-node' });
  } catch (error) {
    console.log('deleted', error.code);
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
