#include "pipeline/web/export.h"

#include <fmt/format.h>

#include <chrono>

#include "pipeline/exit_status.h"
#include "pipeline/web/case_bag.h"
#include "pipeline/web/serve.h"

namespace pantau {
namespace {

constexpr std::string_view kVia = "command line";

Result<Bag> bag_of(Desk& desk, const Caller& caller, CaseId id, const BagSources& sources,
                   const ExportOptions& options) {
  Answer<CaseFile> file =
      case_file_for_program(desk, caller.now, id, export_detail(options.kind, kVia, nullptr));
  if (!file) return as_error(file.error(), options.case_number);
  return make_case_bag(*std::move(file), options.kind, sources);
}

}  // namespace

Result<int> run_export(const SweepConfig& config, const ExportOptions& options) {
  TRY_STATUS(need_queue(config.queue));
  TRY_STATUS(check_signing(options.evidence));
  TRY(const Catalogue catalogue, load_catalogue(config.contests, config.rules));
  TRY(const std::unique_ptr<Desk> desk, Desk::open(config.queue, config.zone));
  TRY_STATUS(fill_names(*desk, config.roster));
  const Caller caller{kNobody,
                      std::chrono::floor<Instant::duration>(std::chrono::system_clock::now())};
  const Answer<CaseId> id = case_numbered(*desk, options.case_number);
  if (!id) return as_error(id.error(), options.case_number);
  TRY(const Bag bag, bag_of(*desk, caller, *id, {catalogue, options.evidence}, options));
  TRY(const std::string path, write_bag(bag, options.folder));
  const Done noted =
      note_bag(*desk, caller, *id, BagEvent::Made, export_detail(options.kind, kVia, &bag));
  if (!noted) return as_error(noted.error(), options.case_number);
  fmt::print("{}\n", path);
  return kExitDone;
}

}  // namespace pantau
