// Routes of policies, of the appraisal of platforms and of the fusion index, with what they call beside Services. A door of its own: few handlers need these.
#pragma once

#include <functional>

#include "api/api.h"
#include "fusion/fusion.h"
#include "policy/appraisal.h"
#include "policy/lists.h"

namespace jingwei::api {

struct PolicyServices {
  const policy::Book& policies;
  const policy::Appraisals& appraisals;
  /// Calls `use` with all organizations as the registers hold them now; one caller at a time, on a worker.
  std::function<void(const std::function<void(policy::Everybody&)>& use)> everybody;
  fusion::Indicators fusion_indicators;
  policy::KeptAppraisals& kept_appraisals;
};

/// Both must outlive the server.
void add_policy_routes(http::Router& router, Services& services, PolicyServices& policies);
void add_appraisal_routes(http::Router& router, Services& services, PolicyServices& policies);
void add_fusion_routes(http::Router& router, Services& services, PolicyServices& policies);
/// The pictures of the cockpit as files; those of the fusion index are among them.
void add_cockpit_exports(http::Router& router, Services& services, PolicyServices& policies);

}  // namespace jingwei::api
