locals {
  region    = local.locations[0]
  locations = ["aws/${local.region}/*"]
}
