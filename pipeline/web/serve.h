// `pantau serve`: the review page over HTTP, until it is stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/config.h"
#include "pipeline/evidence_settings.h"

namespace pantau {

class Desk;

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string tls_certificate, tls_key;  // both or none
  std::string page;                      // folder of the built page; empty: beside the program
  std::vector<std::string> hosts;  // names that the page may be asked for by, beyond the address
  bool demo_staff = false;         // made-up people to try it with, if there is nobody yet
  EvidenceSettings evidence;
  const std::atomic<bool>* stop = nullptr;
};

// Takes over the names that the roster knows for people who have items. An index has none: people
// are then shown by their id.
Status fill_names(Desk& desk, const std::string& roster);

Result<int> run_serve(const SweepConfig& config, const ServeOptions& options);

}  // namespace pantau
