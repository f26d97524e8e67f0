// Every route of the API, in one table: method, path, who may, and who answers.
//
// What is not in the table does not exist. Whoever lacks a route's roles is refused before its
// handler is called; which objects a person may see is asked again, in SQL, by the desk.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/desk/desk.h"
#include "pipeline/desk/staff.h"
#include "pipeline/web/http.h"
#include "pipeline/web/request_body.h"

namespace pantau {

// Who may use a route: anybody, whoever is signed in, or who has one of some roles.
class Access {
 public:
  static constexpr Access anybody() { return {Kind::Anybody, 0}; }
  static constexpr Access signed_in() { return {Kind::SignedIn, 0}; }
  template <class... More>
  static constexpr Access roles(Role role, More... more) {
    return {Kind::SignedIn, (bit(role) | ... | bit(more))};
  }

  constexpr bool needs_session() const { return kind_ == Kind::SignedIn; }
  constexpr bool needs_role() const { return roles_ != 0; }
  constexpr bool has(Role role) const { return (roles_ & bit(role)) != 0; }
  bool allows(std::span<const Role> roles) const;

 private:
  enum class Kind : std::uint8_t { Anybody, SignedIn };
  constexpr Access(Kind kind, std::uint32_t roles) : kind_(kind), roles_(roles) {}
  static constexpr std::uint32_t bit(Role role) { return 1U << static_cast<unsigned>(role); }
  Kind kind_;
  std::uint32_t roles_;
};

class Office;

// What a handler is given.
struct Ask {
  const WebRequest& request;
  Office& office;
  Desk& desk;
  Caller caller;
  std::vector<Role> roles;
  std::string session_hash;  // of the caller's session; "": none
  std::string csrf;
  RequestBody body;                 // of a POST
  std::vector<std::string> places;  // what stands where the path has {…}, in order

  // The n-th place as a number. NotFound for anything else: no such thing has that name.
  Answer<std::int64_t> number_at(std::size_t place) const;
  std::string parameter(std::string_view name) const {
    return std::string(request.parameter(name).value_or(""));
  }
  // after= and limit= of the query.
  Answer<Page> page() const;
};

using Reply = Answer<WebResponse>;

struct Route {
  std::string_view method;
  std::string_view path;  // behind kApiRoot: "/items/{item}/claim"
  Access access;
  Reply (*handle)(Ask&);
  std::uint64_t body_bytes_max = 64 << 10;
};

inline constexpr std::string_view kApiRoot = "/api/v1";

std::span<const Route> all_routes();

// The route of a path; `places` is filled. Null if there is none. `other_method` tells that there
// is one for another method.
const Route* find_route(std::string_view method, std::string_view path,
                        std::vector<std::string>& places, bool& other_method);

}  // namespace pantau
