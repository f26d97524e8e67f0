// A case's evidence bag: made on demand, and fetched by whoever had it made.
#include <fmt/format.h>

#include "pipeline/output/sha256.h"
#include "pipeline/web/case_bag.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/json_rows.h"
#include "pipeline/web/office.h"

namespace pantau {
namespace {

constexpr std::string_view kVia = "page";

// Whoever asks for the whole says so: anything else but true or false is no answer to that.
Answer<BagKind> kind_asked_for(const RequestBody& body) {
  if (!body.has("masked") || body.is_true("masked")) return BagKind::Copy;
  const JsonNode masked = body.root()["masked"];
  if (masked.type() == JsonType::Boolean) return BagKind::Sealed;
  return refuse(Refused::Invalid, "\"masked\" is neither true nor false.");
}

Answer<Bag> bag_of(Ask& ask, CaseId id, BagKind kind) {
  TRY(CaseFile file, case_file(ask.desk, ask.caller, id, export_detail(kind, kVia, nullptr)));
  Result<Bag> bag =
      make_case_bag(std::move(file), kind, {ask.office.catalogue(), ask.office.options().evidence});
  if (bag) return *std::move(bag);
  // What is wrong with the case, or with the office's key, is for the log; it may name files.
  if (bag.error().fault == Fault::Storage) return tl::make_unexpected(Refusal(bag.error()));
  fmt::print(stderr, "pantau serve: {}\n", bag.error().message);
  if (bag.error().fault == Fault::Source) {
    return refuse(Refused::Conflict,
                  "The time stamping authority gave no stamp, so there is no bag: try again later. "
                  "The server's log says why.");
  }
  return refuse(Refused::Conflict, "This case cannot be a bag; the server's log says why.");
}

}  // namespace

Reply post_export(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  TRY(const BagKind kind, kind_asked_for(ask.body));
  TRY(const Bag bag, bag_of(ask, id, kind));
  TRY(std::string tar, bag_as_tar(bag));
  ShelvedBag shelved;
  shelved.id = new_secret();
  shelved.staff = ask.caller.staff;
  shelved.case_id = id;
  shelved.file_name = bag.name + ".tar";
  shelved.bytes = std::move(tar);
  const std::string link = fmt::format("/cases/{}/bag/{}", id, shelved.id);
  const std::string file_name = shelved.file_name;
  const std::string sha256 = sha256_hex(shelved.bytes);
  const std::size_t bytes = shelved.bytes.size();
  TRY_STATUS(note_bag(ask.desk, ask.caller, id, BagEvent::Made, export_detail(kind, kVia, &bag)));
  if (!ask.office.bags().put(std::move(shelved), ask.caller.now)) {
    return refuse(Refused::Conflict,
                  "This bag is too large for the page: `pantau export` writes it on the server.");
  }
  return json_answer([&](JsonFields& fields) {
    fields.text("link", link);
    fields.text("file", file_name);
    fields.yes_no("masked", kind == BagKind::Copy);
    fields.count("bytes", bytes);
    fields.text("sha256", sha256);
    fields.text("tagmanifest_sha256", sha256_hex(bag.files.at(std::string(kTagManifest))));
  });
}

Reply get_bag(Ask& ask) {
  TRY(const CaseId id, case_of(ask));
  const auto bag = ask.office.bags().find(ask.places.at(1), ask.caller.staff, ask.caller.now);
  if (!bag || bag->case_id != id) return refuse(Refused::NotFound, "There is no such bag.");
  std::string detail;
  JsonWriter out(detail);
  out.begin_object();
  out.key("file");
  out.string(bag->file_name);
  out.key("sha256");
  out.string(sha256_hex(bag->bytes));
  out.end_object();
  TRY_STATUS(note_bag(ask.desk, ask.caller, id, BagEvent::Fetched, detail));
  return download(bag->bytes, "application/x-tar", bag->file_name);
}

}  // namespace pantau
