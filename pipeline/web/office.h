// What all requests of one server share, and what happens to each of them.
//
//   host ─▶ page file
//     └──▶ route ─▶ same site? ─▶ session ─▶ roles ─▶ token ─▶ body ─▶ handler
//
// Whoever fails a step is refused there: everything behind it is closed unless the step opens it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "pipeline/desk/desk.h"
#include "pipeline/desk/staff.h"
#include "pipeline/evidence_settings.h"
#include "pipeline/web/bag_shelf.h"
#include "pipeline/web/catalogue.h"
#include "pipeline/web/http.h"
#include "pipeline/web/login_limit.h"
#include "pipeline/web/page_files.h"
#include "pipeline/web/password.h"
#include "pipeline/web/rule_texts.h"

namespace pantau {

struct OfficeOptions {
  std::string queue;  // URL
  TimeZone zone = TimeZone::utc();
  // What a request's Host may be, with the port: a page of another name that was made to lead
  // here is not served.
  std::vector<std::string> hosts;
  bool tls = false;
  unsigned desks = 4;  // requests that work on the queue at a time
  PasswordCost password_cost;
  LoginLimits login_limits;
  SessionLimits session_limits;
  EvidenceSettings evidence;
  std::function<Instant()> now;  // empty: the clock
};

inline constexpr std::string_view kSessionCookie = "__Host-sid";
inline constexpr int kPasswordsAtATimeMax = 2;  // each takes 256 MiB
// Each compiles packs and may take kPackTrialTimeMax, so that they must not take all desks.
inline constexpr int kPackTrialsAtATimeMax = 2;
inline constexpr std::chrono::seconds kPackTrialTimeMax{10};

class Office {
 public:
  static Result<std::unique_ptr<Office>> open(OfficeOptions options, Catalogue catalogue,
                                              PageFiles page);

  // Thread-safe; never throws for what a client sent.
  WebResponse answer(const WebRequest& request);

  // The code that lets one person become the first administrator; "" if there is one already.
  const std::string& setup_code() const { return setup_code_; }

  // What handlers need.
  const OfficeOptions& options() const { return options_; }
  const Catalogue& catalogue() const { return catalogue_; }
  LoginLimit& login_limit() { return login_limit_; }
  RuleTexts& rule_texts() { return rule_texts_; }
  BagShelf& bags() { return bags_; }
  std::counting_semaphore<kPackTrialsAtATimeMax>& pack_trials() { return pack_trials_; }
  Instant now() const;
  // True once for the right code, which is then gone.
  bool use_setup_code(std::string_view code);
  void restore_setup_code(const std::string& code);
  // Whether `password` is that of `hash`; "" takes as long and is nobody's. Nothing if too many
  // passwords are being looked at.
  std::optional<bool> check_password(std::string_view hash, std::string_view password);
  Answer<std::string> new_password_hash(std::string_view password, std::string_view name);
  // A TOTP secret that its owner has not confirmed yet.
  void keep_totp_secret(StaffId staff, std::string secret);
  std::string kept_totp_secret(StaffId staff);

 private:
  Office(OfficeOptions options, Catalogue catalogue, PageFiles page);
  WebResponse page_answer_to(const WebRequest& request) const;
  WebResponse api_answer_to(const WebRequest& request);
  std::optional<WebResponse> cross_site_refusal(const WebRequest& request) const;
  std::unique_ptr<Desk> take_desk();
  void give_desk(std::unique_ptr<Desk> desk);
  WebResponse refusal_answer(const Refusal& refusal) const;

  class PasswordTurn;

  OfficeOptions options_;
  Catalogue catalogue_;
  PageFiles page_;
  LoginLimit login_limit_;
  RuleTexts rule_texts_;
  BagShelf bags_;
  std::counting_semaphore<kPackTrialsAtATimeMax> pack_trials_{kPackTrialsAtATimeMax};
  std::string nobodys_hash_;
  std::mutex mutex_;  // of what follows
  std::condition_variable desk_is_free_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::string setup_code_;
  std::vector<std::pair<StaffId, std::string>> totp_secrets_;
  int passwords_under_way_ = 0;
};

}  // namespace pantau
