// Where a connection may go, asked at the moment when its address is known.
#pragma once

#include <optional>
#include <string>

#include "pipeline/net/http.h"

namespace pantau {

class Reach {
 public:
  // Nothing if the test server is no ADDRESS:PORT.
  static std::optional<Reach> make(const HttpReach& wanted);

  // Only the test server if there is one, else what is public.
  bool allows(const sockaddr& address) const;

  // Without TLS nothing is sent into the world, unless that was asked for.
  bool allows_plain() const { return plain_ || !test_endpoint_.empty(); }

 private:
  std::string test_endpoint_;  // normal; empty: public addresses only
  bool plain_ = false;
};

}  // namespace pantau
