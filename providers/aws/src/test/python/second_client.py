"""Drives an EC2 endpoint with Amazon's own Python client: what another program would do with it.

Usage: second_client.py ENDPOINT
Prints one line for each thing that worked; ends with an error at the first that did not.
"""
import sys

import boto3
import botocore.config
import botocore.exceptions


def client(endpoint, region, service="ec2"):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=botocore.config.Config(retries={"max_attempts": 0}),
    )


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError("not refused with " + code)


def order(ec2, **more):
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    tags = [{"Key": "team", "Value": "blue & green"}]
    return dict(
        {
            "ImageId": image,
            "InstanceType": "g6.xlarge",
            "MinCount": 1,
            "MaxCount": 1,
            "ClientToken": "boto-1",
            "Placement": {"AvailabilityZone": ec2.meta.region_name + "b"},
            "InstanceMarketOptions": {"MarketType": "spot", "SpotOptions": {"SpotInstanceType": "one-time"}},
            "UserData": "#!/bin/sh\necho hello\n",
            "TagSpecifications": [
                {"ResourceType": "instance", "Tags": tags},
                {"ResourceType": "spot-instances-request", "Tags": tags},
            ],
        },
        **more,
    )


def main(endpoint):
    ec2 = client(endpoint, "us-east-1")

    regions = [r["RegionName"] for r in ec2.describe_regions()["Regions"]]
    listed = ec2.describe_availability_zones()["AvailabilityZones"]
    zones = [z["ZoneName"] for z in listed if z["ZoneType"] == "availability-zone"]
    assert len(zones) < len(listed)
    assert "us-east-1" in regions and "us-east-1b" in zones
    print("regions and zones")

    refused("DryRunOperation", ec2.run_instances, **order(ec2, DryRun=True))
    made = ec2.run_instances(**order(ec2))["Instances"][0]
    assert made["InstanceLifecycle"] == "spot" and made["State"]["Name"] == "pending"
    again = ec2.run_instances(**order(ec2))["Instances"][0]
    assert again["InstanceId"] == made["InstanceId"]
    refused("IdempotentParameterMismatch", ec2.run_instances, **order(ec2, InstanceType="g5.xlarge"))
    print("launch, repeated, mismatched")

    by_tag = [{"Name": "tag:team", "Values": ["blue*"]}]
    pages = ec2.get_paginator("describe_instances").paginate(Filters=by_tag)
    found = [i for page in pages for r in page["Reservations"] for i in r["Instances"]]
    assert [i["InstanceId"] for i in found] == [made["InstanceId"]], found
    assert found[0]["Tags"] == [{"Key": "team", "Value": "blue & green"}]
    assert found[0]["ClientToken"] == "boto-1"
    refused("InvalidParameterValue", ec2.describe_instances, Filters=[{"Name": "no-such", "Values": ["x"]}])
    refused("InvalidInstanceID.NotFound", ec2.describe_instances, InstanceIds=["i-0123456789abcdef0"])
    print("listed by tag")

    requests = ec2.describe_spot_instance_requests(Filters=by_tag)["SpotInstanceRequests"]
    assert requests[0]["InstanceId"] == made["InstanceId"] and requests[0]["State"] == "active"
    request = made["SpotInstanceRequestId"]
    assert request == requests[0]["SpotInstanceRequestId"]
    print("spot request")

    ec2.create_tags(Resources=[made["InstanceId"]], Tags=[{"Key": "late", "Value": "yes"}])
    late = ec2.describe_instances(Filters=[{"Name": "tag-key", "Values": ["late"]}])
    assert late["Reservations"]
    print("tagged")

    history = ec2.get_paginator("describe_spot_price_history").paginate(
        InstanceTypes=["g6.xlarge"], ProductDescriptions=["Linux/UNIX"]
    )
    prices = [p for page in history for p in page["SpotPriceHistory"]]
    assert {p["AvailabilityZone"] for p in prices} == set(zones)
    assert all(float(p["SpotPrice"]) > 0 for p in prices)
    print("price history")

    types = ec2.describe_instance_types(InstanceTypes=["g6.12xlarge"])["InstanceTypes"]
    assert types[0]["GpuInfo"]["Gpus"][0]["Count"] == 4
    offered = ec2.describe_instance_type_offerings(LocationType="availability-zone")["InstanceTypeOfferings"]
    everywhere = ec2.describe_availability_zones(AllAvailabilityZones=True)["AvailabilityZones"]
    assert {o["Location"] for o in offered} == {z["ZoneName"] for z in everywhere} > {z["ZoneName"] for z in listed}
    assert ec2.describe_subnets()["Subnets"] and ec2.describe_security_groups()["SecurityGroups"]
    print("machine types and networks")

    service = client(endpoint, "us-east-1", "service-quotas")
    told = service.get_paginator("list_service_quotas").paginate(ServiceCode="ec2")
    limits = {q["QuotaCode"]: q["Value"] for page in told for q in page["Quotas"]}
    assert limits["L-417A185B"] == 0.0 and limits["L-3819A6DF"] > 0, limits
    refused("NoSuchResourceException", service.list_service_quotas, ServiceCode="no-such")
    print("quotas")

    refused(
        "InvalidInstanceID.NotFound",
        ec2.terminate_instances,
        InstanceIds=[made["InstanceId"], "i-0123456789abcdef0"],
    )
    ended = ec2.terminate_instances(InstanceIds=[made["InstanceId"]])["TerminatingInstances"][0]
    assert ended["PreviousState"]["Name"] in ("pending", "running")
    assert ended["CurrentState"]["Name"] in ("shutting-down", "terminated")
    cancelled = ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request])
    assert cancelled["CancelledSpotInstanceRequests"][0]["State"] == "cancelled"
    print("terminated")


if __name__ == "__main__":
    main(sys.argv[1])
