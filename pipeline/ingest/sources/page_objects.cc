#include "pipeline/ingest/sources/page_objects.h"

namespace pantau {

void add_acts(const Acts& acts, std::string_view written, std::string_view edited_at,
              const Answer& answer, Page& page) {
  const std::string_view observed_at = page.arena.keep(format_rfc3339(answer.received_at));
  for (const Acts::Entry& entry : acts.entries()) {
    if (entry.reading.is == Reading::Is::NotAnAct) {
      page.skip(entry.reading.reason);
    } else if (entry.reading.is == Reading::Is::Rejected) {
      page.reject(entry.reading.reason);
    } else if (entry.reading.is == Reading::Is::Act) {
      SourcedAct act{entry.record, written, edited_at};
      act.record.provenance = Provenance::Api;
      act.record.observed_at = observed_at;
      if (act.record.created_at.empty()) act.record.time = answer.received_at;
      page.acts.push_back(act);
    }
  }
}

}  // namespace pantau
