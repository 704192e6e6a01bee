// Drives a fake Azure Resource Manager with Azure's own client: create on spot, list, fail for lack of capacity, delete.
const { ComputeManagementClient } = require('@azure/arm-compute');

const [, , endpoint, subscription] = process.argv;
const group = 'node';
const nobody = { getToken: async () => ({ token: 'nobody', expiresOnTimestamp: Date.now() + 3600000 }) };
const client = new ComputeManagementClient(nobody, subscription, { endpoint, allowInsecureConnection: true });
// The client's own authorization insists on https.
client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
client.pipeline.addPolicy({
  name: 'nobody',
  sendRequest: (request, next) => {
    request.headers.set('Authorization', 'Bearer nobody');
    return next(request);
  },
});

const machine = (size, spot) => ({
  location: 'eastus',
  zones: ['1'],
  tags: { 'skyhedge-lineage': 'node' },
  hardwareProfile: { vmSize: size },
  ...(spot ? { priority: 'Spot', evictionPolicy: 'Delete', billingProfile: { maxPrice: -1 } } : {}),
  storageProfile: {
    imageReference: { publisher: 'p', offer: 'o', sku: 's', version: 'latest' },
    osDisk: { createOption: 'FromImage', deleteOption: 'Delete' },
  },
  osProfile: {
    computerName: 'node', adminUsername: 'skyhedge',
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: { publicKeys: [{ path: '/home/skyhedge/.ssh/authorized_keys', keyData: 'ssh-ed25519 AAAA' }] },
    },
  },
  networkProfile: {
    networkApiVersion: '2020-11-01',
    networkInterfaceConfigurations: [{ name: 'n', primary: true, deleteOption: 'Delete', ipConfigurations: [{ name: 'n' }] }],
  },
});

(async () => {
  const made = await client.virtualMachines.beginCreateOrUpdateAndWait(
    group, 'sh-node', machine('Standard_NC4as_T4_v3', true), { updateIntervalInMs: 100 });
  console.log('created', made.provisioningState, made.timeCreated instanceof Date);

  for await (const one of client.virtualMachines.list(group)) {
    console.log('listed', one.name, one.priority);
  }
  for await (const sku of client.resourceSkus.list({ filter: "location eq 'eastus'" })) {
    if (sku.name === 'Standard_NC4as_T4_v3') {
      console.log('sku', sku.locationInfo[0].zones.join(' '));
    }
  }

  try {
    await client.virtualMachines.beginCreateOrUpdateAndWait(
      group, 'sh-full', machine('Standard_NC24ads_A100_v4', false), { updateIntervalInMs: 100 });
  } catch (error) {
    console.log('refused', error.code || error.message);
  }
  const remains = await client.virtualMachines.get(group, 'sh-full', { expand: 'instanceView' });
  console.log('remains', remains.provisioningState, remains.instanceView.statuses[0].code);

  await client.virtualMachines.beginDeleteAndWait(group, 'sh-node', { updateIntervalInMs: 100 });
  try {
    await client.virtualMachines.get(group, 'sh-node');
  } catch (error) {
    console.log('deleted', error.statusCode, error.code);
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
