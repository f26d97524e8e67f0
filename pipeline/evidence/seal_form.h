// Whether a seal is in the one form that this program accepts.
//
// A CMS message has much that its signature does not cover: versions, the names of algorithms, the
// signer's name, certificates that nobody needs, attributes that anybody may add. What is not
// covered could be changed unnoticed. So each such part must be what it can only be, and each
// certificate must be one that is trusted, or be vouched for by one.
#pragma once

#include <string>
#include <string_view>

#include "classifiers/base/result.h"

namespace pantau {

// `ca_pem`: who is trusted. Fault::Source, with the part that is not as it must be. Neither says
// whether the seal holds: that is for check_signature() and check_timestamp().
Status check_signature_form(std::string_view der, const std::string& ca_pem);
Status check_timestamp_form(std::string_view der, const std::string& ca_pem);

}  // namespace pantau
