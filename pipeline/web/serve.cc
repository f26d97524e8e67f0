#include "pipeline/web/serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "pipeline/desk/ranking.h"
#include "pipeline/exit_status.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/lists/load.h"
#include "pipeline/web/case_bag.h"
#include "pipeline/web/demo_staff.h"
#include "pipeline/web/office.h"
#include "pipeline/web/routes.h"
#include "pipeline/web/server.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kCatchUpEvery{5};
constexpr std::chrono::milliseconds kStopPoll{100};
constexpr unsigned kHandlerThreads = 8;

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

std::string page_folder(const ServeOptions& options) {
  if (!options.page.empty()) return options.page;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "page").string();
}

Status check_options(const SweepConfig& config, const ServeOptions& options) {
  if (config.queue.empty()) return fail(Fault::Config, "there is no queue to serve: name one");
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return fail(Fault::Config, "--tls-certificate and --tls-key go together");
  }
  const bool tls = !options.tls_key.empty();
  if (!tls && !is_loopback(options.address)) {
    return fail(Fault::Config, fmt::format("{}: beyond this machine only with TLS: passwords and "
                                           "people's data go over the wire",
                                           options.address));
  }
  if (options.demo_staff && !is_loopback(options.address)) {
    return fail(Fault::Config, "--demo-staff is for a look on one's own machine only");
  }
  return std::monostate{};
}

// What a browser may call this server, with the port that is not the scheme's own.
std::vector<std::string> hosts_of(const ServeOptions& options, std::uint16_t port) {
  std::vector<std::string> names = options.hosts;
  names.push_back(options.address.find(':') == std::string::npos ? options.address
                                                                 : '[' + options.address + ']');
  if (is_loopback(options.address)) names.emplace_back("localhost");
  std::vector<std::string> hosts;
  const std::uint16_t standard_port = options.tls_key.empty() ? 80 : 443;
  for (const std::string& name : names) {
    hosts.push_back(fmt::format("{}:{}", name, port));
    if (port == standard_port) hosts.push_back(name);
    if (std::ranges::find(options.hosts, name) != options.hosts.end()) hosts.push_back(name);
  }
  return hosts;
}

Result<std::unique_ptr<Desk>> open_own_desk(const SweepConfig& config) {
  return Desk::open(config.queue, config.zone);
}

// Takes in what sweeps added meanwhile, and ranks it. A queue that is busy is asked again later.
void keep_up(Desk& desk, const std::atomic<bool>& stop) {
  auto next = std::chrono::steady_clock::now();
  while (!stop) {
    if (std::chrono::steady_clock::now() >= next) {
      static_cast<void>(desk.mend());
      const Result<std::size_t> done = desk.catch_up();
      const Answer<std::size_t> ranked = rank_items(desk);
      const bool more = (done && *done > 0) || (ranked && *ranked > 0);
      if (!more) next = std::chrono::steady_clock::now() + kCatchUpEvery;
      if (more) continue;
    }
    std::this_thread::sleep_for(kStopPoll);
  }
}

Status tell_demo_staff(Desk& desk, const Office& office) {
  const auto people = make_demo_staff(desk, office.now(), office.options().password_cost);
  if (!people) return fail(Fault::Storage, people.error().message);
  fmt::print(stderr, "\nMade-up people to sign in as (the passwords are told only now):\n\n");
  for (const DemoPerson& person : *people) {
    fmt::print(stderr, "  {:10} {}   {}\n", person.name, person.password, person.does);
  }
  return std::monostate{};
}

std::uint64_t body_bytes_max_of(std::string_view path, std::uint64_t standard) {
  if (!path.starts_with(kApiRoot)) return 0;
  std::vector<std::string> places;
  bool other_method = false;
  const Route* const route = find_route("POST", path.substr(kApiRoot.size()), places, other_method);
  return route == nullptr ? standard : route->body_bytes_max;
}

ServerOptions server_options(const ServeOptions& options) {
  ServerOptions server;
  server.address = options.address;
  server.port = options.port;
  server.handler_threads = kHandlerThreads;
  if (!options.tls_key.empty()) server.tls = TlsFiles{options.tls_certificate, options.tls_key};
  const std::uint64_t standard = server.limits.body_bytes_max;
  server.limits.body_bytes_max_of = [standard](std::string_view path) {
    return body_bytes_max_of(path, standard);
  };
  return server;
}

void tell_where(const ServeOptions& options, std::uint16_t port, const Office& office) {
  const std::string host = options.hosts.empty() ? options.address : options.hosts.front();
  fmt::print(stderr, "\nThe review page: {}://{}:{}/\n", options.tls_key.empty() ? "http" : "https",
             host.find(':') == std::string::npos ? host : '[' + host + ']', port);
  if (!office.setup_code().empty()) {
    fmt::print(stderr,
               "Nobody works here yet. The page asks for this code, once, to make you the "
               "administrator:\n\n  {}\n\n",
               office.setup_code());
  }
  fmt::print(stderr, "Ctrl-C ends it.\n");
}

}  // namespace

Status fill_names(Desk& desk, const std::string& roster) {
  if (!roster.ends_with(".csv")) return std::monostate{};
  TRY(const std::string csv, read_list_file(roster));
  const std::vector<SubjectDetail> details = read_subject_details(csv);
  const auto filled = fill_subject_details(desk, details);
  if (!filled) return fail(Fault::Storage, filled.error().message);
  return std::monostate{};
}

Result<int> run_serve(const SweepConfig& config, const ServeOptions& options) {
  TRY_STATUS(check_options(config, options));
  TRY_STATUS(check_signing(options.evidence));
  TRY(PageFiles page, PageFiles::load(page_folder(options)));
  TRY(Catalogue catalogue, load_catalogue(config.contests, config.rules));
  if (!config.campaign.empty()) {
    std::uint64_t fingerprint = 0;
    TRY(catalogue.campaign, load_campaign(config.campaign, catalogue.contests, fingerprint));
  }
  TRY(const std::unique_ptr<Desk> desk, open_own_desk(config));
  TRY_STATUS(fill_names(*desk, config.roster));

  // The port first: its number belongs to the names that are served. Requests wait for the office.
  std::unique_ptr<Office> office;
  TRY(const std::unique_ptr<Server> server,
      Server::open(server_options(options),
                   [&office](const WebRequest& request) { return office->answer(request); }));
  OfficeOptions office_options;
  office_options.queue = config.queue;
  office_options.zone = config.zone;
  office_options.hosts = hosts_of(options, server->port());
  office_options.evidence = options.evidence;
  office_options.tls = !options.tls_key.empty();
  office_options.desks = kHandlerThreads;
  TRY(office, Office::open(std::move(office_options), std::move(catalogue), std::move(page)));
  if (options.demo_staff && !office->setup_code().empty()) {
    TRY_STATUS(tell_demo_staff(*desk, *office));
    office->use_setup_code(std::string(office->setup_code()));
  }
  tell_where(options, server->port(), *office);

  std::atomic<bool> done = false;
  std::thread keeper([&] { keep_up(*desk, done); });
  server->run(*options.stop);
  done = true;
  keeper.join();
  return kExitDone;
}

}  // namespace pantau
