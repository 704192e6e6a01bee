// Drives an EC2 endpoint with Amazon's own JavaScript client: second_client.mjs ENDPOINT DIRECTORY
// DIRECTORY is where `npm install @aws-sdk/client-ec2` was run. Ends with an error at the first thing that fails.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const [endpoint, directory] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(directory), "package.json"));
const sdk = require("@aws-sdk/client-ec2");

const ec2 = new sdk.EC2Client({
  endpoint,
  region: "us-west-2",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
});
const send = (name, input = {}) => ec2.send(new sdk[name + "Command"](input));
const refused = (code, promise) => assert.rejects(promise, (error) => error.name === code);

const image = (await send("DescribeImages", { Owners: ["amazon"] })).Images[0].ImageId;
const tags = [{ Key: "team", Value: "green" }];
const order = {
  ImageId: image,
  InstanceType: "g5.xlarge",
  MinCount: 1,
  MaxCount: 1,
  ClientToken: "node-1",
  InstanceMarketOptions: { MarketType: "spot", SpotOptions: { SpotInstanceType: "one-time" } },
  TagSpecifications: [{ ResourceType: "instance", Tags: tags }],
};
const made = (await send("RunInstances", order)).Instances[0];
assert.equal(made.InstanceLifecycle, "spot");
assert.ok(made.LaunchTime instanceof Date);
assert.equal((await send("RunInstances", order)).Instances[0].InstanceId, made.InstanceId);
await refused("IdempotentParameterMismatch", send("RunInstances", { ...order, InstanceType: "g6.xlarge" }));
await refused("InvalidAMIID.NotFound", send("RunInstances", { ...order, ImageId: "ami-00000000" }));
await refused("InvalidParameterValue", send("DescribeInstances", { Filters: [{ Name: "nonsense", Values: ["x"] }] }));

const pages = sdk.paginateDescribeInstances({ client: ec2, pageSize: 5 }, { Filters: [{ Name: "tag:team", Values: ["green"] }] });
const found = [];
for await (const page of pages) {
  found.push(...(page.Reservations ?? []).flatMap((reservation) => reservation.Instances));
}
assert.deepEqual(found.map((one) => one.InstanceId), [made.InstanceId]);
assert.deepEqual(found[0].Tags, tags);

const prices = await send("DescribeSpotPriceHistory", { InstanceTypes: ["g5.xlarge"], StartTime: new Date() });
assert.equal(prices.SpotPriceHistory.length, 3);
const requests = await send("DescribeSpotInstanceRequests", { SpotInstanceRequestIds: [made.SpotInstanceRequestId] });
assert.equal(requests.SpotInstanceRequests[0].Status.Code, "fulfilled");
const ended = await send("TerminateInstances", { InstanceIds: [made.InstanceId] });
assert.equal(ended.TerminatingInstances[0].CurrentState.Name, "shutting-down");
await send("CancelSpotInstanceRequests", { SpotInstanceRequestIds: [made.SpotInstanceRequestId] });
console.log("terminated");
