// Rows of a table of tasks (重点工作任务清单) as measures.
#pragma once

#include "reading/internal/outline.h"
#include "reading/internal/table.h"

namespace jingwei::reading {

void add_task_rows(const Table& table, Outline& outline);

}  // namespace jingwei::reading
