// The fusion index as the files of several routes need it.
#pragma once

#include "api/internal/context.h"
#include "api/policies.h"
#include "fusion/sheet.h"

namespace jingwei::api {

/// From the register of county figures, as far as `actor` may read it. Call it on a worker.
fusion::Index fusion_index(Services& services, const PolicyServices& policies, const identity::Actor& actor, const fusion::Settings& settings);
fusion::CountyNames county_names(Services& services, const fusion::Index& index);

}  // namespace jingwei::api
