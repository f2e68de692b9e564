// Made by npm run api-types from api/openapi.json; not edited by hand.
export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 账号列表 · Accounts */
        get: operations["listAccounts"];
        put?: never;
        /** 新建账号，返回一次性登录链接 · Create an account; answers a one-time link */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个账号 · One account */
        get: operations["getAccount"];
        /** 修改角色、单位或停用 · Change roles, organization, or disable */
        put: operations["updateAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 新的一次性登录链接（忘记密码时用） · A new one-time link, as for a forgotten password */
        post: operations["createAccountLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 语言模型的工作情况；没有配置时为空 · State of the language models; empty when none are set */
        get: operations["getModelStates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/node": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 节点状态 · State of the node */
        get: operations["getNodeState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 运行一个 SELECT · Run one SELECT */
        post: operations["runQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/queries.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 运行一个 SELECT 并下载 CSV · Run one SELECT and download its rows as CSV */
        post: operations["downloadQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/queries.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 运行一个 SELECT 并下载 XLSX · Run one SELECT and download its rows as XLSX */
        post: operations["downloadQueryWorkbook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/saved-queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 保存的查询 · Saved queries */
        get: operations["listSavedQueries"];
        put?: never;
        /** 保存查询 · Save a query */
        post: operations["saveQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/saved-queries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个保存的查询 · A saved query */
        get: operations["getSavedQuery"];
        /** 修改保存的查询 · Change a saved query */
        put: operations["editSavedQuery"];
        post?: never;
        /** 删除保存的查询 · Remove a saved query */
        delete: operations["removeSavedQuery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 可查询的表和列 · Tables and columns that SQL may name */
        get: operations["listAnalyticsTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 分类评价办法：类别、权重、计分、等级 · Schemes of appraisal: classes, weights, rules, grades */
        get: operations["listAppraisals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/platforms/{platform}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个平台的得分：逐项的数值、来源、得分和再进一步 · One platform: figure, source, points and next step of each criterion */
        get: operations["explainAppraisal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/years/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一年的评价结果：部门看全部，依托单位看自己的 · Results of a year: all for departments, one's own for hosts */
        get: operations["getAppraisal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/years/{year}/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 确认一年的结果，或带原因更正已确认的结果 · Confirm the result of a year, or correct a confirmed one with a reason */
        post: operations["confirmAppraisal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/years/{year}/confirmations/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一版确认：当时的办法和结果 · One confirmation: scheme and result as they were */
        get: operations["getConfirmedAppraisal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/years/{year}/table.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 评价结果，旁边是确认的结果（CSV） · Results beside what was confirmed, as CSV */
        get: operations["exportAppraisalCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appraisals/{id}/years/{year}/table.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 评价结果，旁边是确认的结果（XLSX） · Results beside what was confirmed, as XLSX */
        get: operations["exportAppraisalXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/atlas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 产业链及其本地覆盖 · Chains and how the region covers them */
        get: operations["listChains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/atlas/nodes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个节点：单位、需求、成果、人才、仪器、平台 · One node: organizations, needs, achievements, people, instruments, platforms */
        get: operations["getChainNode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/atlas/{chain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一条产业链：图、指标、强链补链延链和招引线索 · One chain: graph, measures, what to strengthen, fill and extend, leads */
        get: operations["getChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/atlas/{chain}/table.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一条产业链：全部节点；工作簿里还有关系、强链补链延链和招引线索（CSV） · The nodes of a chain; in the workbook also relations, what to strengthen, fill and extend, leads, as CSV */
        get: operations["exportChainCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/atlas/{chain}/table.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一条产业链：全部节点；工作簿里还有关系、强链补链延链和招引线索（XLSX） · The nodes of a chain; in the workbook also relations, what to strengthen, fill and extend, leads, as XLSX */
        get: operations["exportChainXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 上传佐证文件：PDF、图片、Office，最大 20 MB · Hand in a proof: PDF, picture, Office file, at most 20 MB */
        post: operations["addAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个佐证文件的名称、大小和摘要 · Name, size and digest of a proof */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 下载佐证文件 · Download a proof */
        get: operations["downloadAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 驾驶舱各图的表和图（CSV） · Tables and charts of the cockpit, as CSV */
        get: operations["exportCockpitCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 驾驶舱各图的表和图（XLSX） · Tables and charts of the cockpit, as XLSX */
        get: operations["exportCockpitXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/code-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 代码表 · A code list */
        get: operations["getCodeList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 对接事项列表 · Deals */
        get: operations["listDeals"];
        put?: never;
        /** 提出对接 · Propose a deal */
        post: operations["proposeDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个对接事项 · One deal */
        get: operations["getDeal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deals/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 同意、交付、验收、评价等 · Agree, deliver, accept, evaluate and so on */
        post: operations["actOnDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本单位的匹配简报 · Digests of one's organization */
        get: operations["listDigests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一份匹配简报 · One digest */
        get: operations["getDigest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 标为已读或未读 · Mark as read or unread */
        put: operations["markDigest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exposure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 各供给单位被推送和联系的次数 · How often each owner's supplies were told of and taken up */
        get: operations["getExposure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exposure.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 同上，全部单位的表格 · The same for all owners, as a table */
        get: operations["getExposureCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 收到的反馈 · Feedback on one's own supplies */
        get: operations["listReceivedFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/figure-trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 试算指标的查询，不写入 · Try the SQL of an indicator; nothing is written */
        post: operations["tryFigure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四链融合度：分县分年、贡献、先补什么、稳不稳 · The fusion index by county and year, contributions, what to raise first, steadiness */
        get: operations["getFusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fusion.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 融合度全表，可用 docs/fusion/recompute.mjs 复算；或一张图背后的行（CSV） · The whole table, which docs/fusion/recompute.mjs computes again; or the rows behind one picture, as CSV */
        get: operations["exportFusionCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fusion.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 融合度全表，可用 docs/fusion/recompute.mjs 复算；或一张图背后的行（XLSX） · The whole table, which docs/fusion/recompute.mjs computes again; or the rows behind one picture, as XLSX */
        get: operations["exportFusionXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的导入 · My imports */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次导入的进展 · How far an import has come */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 写入正确的行 · Write the rows that are right */
        post: operations["commitImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导入进度（事件流） · Progress as server-sent events */
        get: operations["followImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/wrong-rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 有误的行和原因 · The wrong rows with reasons */
        get: operations["getWrongRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 等我处理的事 · What waits for me */
        get: operations["getInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 指标及其状态；没有登录的人看到公开指标。Accept 为 SDMX-CSV 2.0 时答各期数值 · Indicators and how they stand; public ones for visitors. With an Accept of SDMX-CSV 2.0: their observations */
        get: operations["listIndicators"];
        put?: never;
        /** 定义指标 · Define an indicator */
        post: operations["defineIndicator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 指标表（CSV） · Indicators, as CSV */
        get: operations["exportIndicatorsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators.sdmx.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 各期数值（SDMX-CSV 2.0） · Observations as SDMX-CSV 2.0 */
        get: operations["exportSdmx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 指标表（XLSX） · Indicators, as XLSX */
        get: operations["exportIndicatorsXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项指标：历史、路径、预测、来源 · One indicator: history, path, forecast, lineage */
        get: operations["getIndicator"];
        /** 修改指标定义，留下新版本 · Change a definition; the old version stays */
        put: operations["redefineIndicator"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators/{id}/history.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项指标的各期数值和图（CSV） · Every period of one indicator with its chart, as CSV */
        get: operations["exportIndicatorCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators/{id}/history.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项指标的各期数值和图（XLSX） · Every period of one indicator with its chart, as XLSX */
        get: operations["exportIndicatorXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/indicators/{id}/reports/{period}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 填报、退回、审定、更正一期数值 · Report, give back, approve or correct the figure of a period */
        post: operations["actOnReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 存证日志的状态 · State of the log */
        get: operations["getLogState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matches/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 边写边匹配，不保存 · Matches while writing; nothing is kept */
        post: operations["previewMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我是谁 · Who I am */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 设置或修改密码 · Set or change the password */
        put: operations["setMyPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的接口令牌 · My API tokens */
        get: operations["listMyTokens"];
        put?: never;
        /** 新建接口令牌，只显示一次 · Make an API token; shown once */
        post: operations["createMyToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 撤销接口令牌 · Revoke an API token */
        delete: operations["revokeMyToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 对各项资源的反馈 · What was said of the supplies for a need */
        get: operations["getFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/feedback/{supply}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 收藏、已联系、不合适或已采纳 · Shortlist, contact, refuse or accept a supply */
        put: operations["giveFeedback"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 能解题的资源和理由 · Supplies that answer the need, with reasons */
        get: operations["getMatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四链方案：谁来解、用什么、花多少、何时完成 · Costed plans over the four chains */
        get: operations["getPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 需求拆成的子题 · Problems of a need */
        get: operations["getProblems"];
        /** 修改拆题 · Change the split */
        put: operations["setProblems"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/split-advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 语言模型建议的拆分，由提出单位决定 · How a language model would split the need; its owner decides */
        get: operations["getSplitAdvice"];
        put?: never;
        post?: never;
        /** 不采用建议的拆分 · Dismiss the proposed split */
        delete: operations["dismissSplitAdvice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 门户首页的数字和最新条目 · Figures and latest entries for the portal */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 已确认的文件 · Plans that were committed */
        get: operations["listPlans"];
        put?: never;
        /** 确认读出的文件，生成任务、承诺和指标 · Commit a confirmed draft: tasks, promises, indicators */
        post: operations["commitPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 自己还没有确认完的文件 · One's own plans that are not committed yet */
        get: operations["listPlanDrafts"];
        put?: never;
        /** 存一份草稿 · Keep a draft */
        post: operations["keepPlanDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一份草稿 · One draft */
        get: operations["getPlanDraft"];
        /** 再存草稿 · Save a draft again */
        put: operations["savePlanDraft"];
        post?: never;
        /** 删掉草稿 · Discard a draft */
        delete: operations["discardPlanDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 读一份文件，不写入 · Read a plan without writing anything */
        post: operations["readPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一份文件及其原文 · One plan with its text */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 政策：条款、参数、出处 · Policies with clauses, figures and sources */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 政策自测：能领什么，差什么；不保存填写的内容 · Self-test: what may be claimed and what is missing; nothing said is kept */
        post: operations["answerPolicies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 自测表的问题 · Questions of the self-test */
        get: operations["listPolicyQuestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}/entitled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 免申即享：谁符合、谁差一点、谁缺信息 · Who is entitled without asking, who almost, of whom facts are missing */
        get: operations["listEntitled"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}/entitled.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 名单（CSV） · The list, as CSV */
        get: operations["exportEntitledCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}/entitled.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 名单（XLSX） · The list, as XLSX */
        get: operations["exportEntitledXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 存下今天的名单，新进名单的单位会在待办里看到 · Keep today's list; organizations that are new on it see it in their inbox */
        post: operations["keepEntitled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 试改数字：谁多得、谁少得、要花多少；不保存 · Try other figures: who gains, who loses, what it costs; nothing is kept */
        post: operations["tryFigures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 核验回执，不用登录 · Verify a receipt; no account needed */
        post: operations["verifyReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 沪苏浙皖行政区划 · Divisions of the four provinces */
        get: operations["listRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 所有清单及其字段 · All registers and their fields */
        get: operations["listRegisters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个清单 · One register */
        get: operations["getRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 条目列表 · Entries of a register */
        get: operations["listEntries"];
        put?: never;
        /** 新建条目，可同时发布 · Create an entry, published at once if asked */
        post: operations["createEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/entries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个条目 · One entry */
        get: operations["getEntry"];
        /** 修改条目 · Change an entry */
        put: operations["editEntry"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/entries/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发布条目 · Publish an entry */
        post: operations["publishEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/entries/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 条目的历史 · History of an entry */
        get: operations["listEntryVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/entries/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤回条目 · Withdraw an entry */
        post: operations["withdrawEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出一个清单：CSV 可再导入，XLSX 给人看（CSV） · A register: CSV can be imported again, XLSX is for people, as CSV */
        get: operations["exportEntriesCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/export.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出一个清单：CSV 可再导入，XLSX 给人看（XLSX） · A register: CSV can be imported again, XLSX is for people, as XLSX */
        get: operations["exportEntriesXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{register}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 上传 CSV 试算，不写入 · Upload a CSV for a dry run; nothing is written */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 待填报和逾期的指标 · Reports that are due */
        get: operations["listDueReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 季度调度 · Quarterly reviews */
        get: operations["listReviews"];
        put?: never;
        /** 召集一次调度 · Hold a review */
        post: operations["openReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次调度：议程、记录、决定 · One review: agenda, notes, decisions */
        get: operations["getReview"];
        /** 写记录和决定；决定成为任务 · Write notes and decisions; decisions become tasks */
        put: operations["changeReview"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/report.docx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 季度调度报告（DOCX，含图） · The report of a review as DOCX, with charts */
        get: operations["reportReviewDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 季度调度报告（XLSX，含图） · The report of a review as XLSX, with charts */
        get: operations["reportReviewWorkbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 匹配轮次，最近的在前 · Rounds, newest first */
        get: operations["listRounds"];
        put?: never;
        /** 现在就匹配一轮 · Match everybody with everybody now */
        post: operations["startRound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一轮匹配 · One round */
        get: operations["getRound"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 匹配进度（事件流） · Progress as server-sent events */
        get: operations["followRound"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/{id}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一轮匹配的邮件（mbox 或 JSON 行）；系统不发邮件 · Mail of a round as mbox or JSON lines; nothing is sent */
        get: operations["getRoundMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 检索全部资源 · Search all supplies */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 登录 · Sign in */
        post: operations["signIn"];
        /** 退出登录 · Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 用一次性链接登录 · Sign in by a one-time link */
        post: operations["signInByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 存证声明列表 · Statements */
        get: operations["listStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一条存证声明 · One statement */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statements/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 回执：声明和日志证明，可离线核验 · Receipt: statement and log proof, checked offline */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/steering-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 责任单位及对应的组织 · Responsible units and their organizations */
        get: operations["listSteeringUnits"];
        /** 指定责任单位对应的组织 · Say which organization a responsible unit is */
        put: operations["setSteeringUnit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/steering-units/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个责任单位的全部：指标、承诺、任务、填报，和一个季度前 · All that a responsible unit has: indicators, promises, tasks, reports, and a quarter before */
        get: operations["getSteeringUnit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 任务、重大项目、重大改革 · Tasks, projects and reforms */
        get: operations["listTasks"];
        put?: never;
        /** 下达任务 · Give out a task */
        post: operations["addTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 重点指标进度表、重大项目实施表、重大改革攻坚表、年度任务分解（CSV） · Key indicators, major projects, major reforms and the year's tasks, as CSV */
        get: operations["exportTasksCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 重点指标进度表、重大项目实施表、重大改革攻坚表、年度任务分解（XLSX） · Key indicators, major projects, major reforms and the year's tasks, as XLSX */
        get: operations["exportTasksXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 两天之间任务的变化 · What changed between two days */
        get: operations["listTaskChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项任务 · One task */
        get: operations["getTask"];
        /** 修改任务；状态或期限变了要写明原因 · Change a task; a new status or date needs a reason */
        put: operations["changeTask"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 是否在运行 · Whether it runs */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 是否就绪，读模型读到哪里 · Whether it is ready and how far the read models are */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountChange: {
            name: string;
            roles: components["schemas"]["Role"][];
            organization_id?: string;
            disabled: boolean;
            language?: components["schemas"]["Language"];
        };
        AccountView: {
            id: string;
            login: string;
            name: string;
            roles: components["schemas"]["Role"][];
            organization_id?: string;
            language: components["schemas"]["Language"];
            disabled: boolean;
            has_password: boolean;
            /** Format: int64 */
            version: number;
            created_at: string;
            last_seen_at?: string;
            organization?: components["schemas"]["Reference"];
        };
        AccountWithLink: {
            account: components["schemas"]["AccountView"];
            link: string;
            link_expires_at: string;
        };
        /** @enum {string} */
        Act: "edit" | "publish" | "withdraw";
        ActRequest: {
            act: components["schemas"]["DealAct"];
            note?: string;
            /** Format: int64 */
            milestone?: number;
            /** Format: int64 */
            score?: number;
            terms?: components["schemas"]["Terms"];
        };
        /** @enum {string} */
        AdviceState: "off" | "waiting" | "offered" | "dismissed" | "none" | "refused";
        AgendaItem: {
            id: string;
            is_task: boolean;
            title: string;
            state: string;
            why: components["schemas"]["Bilingual"];
            units: string[];
        };
        /** @enum {string} */
        Aggregation: "sum" | "last" | "average";
        AllowedAct: {
            act: components["schemas"]["DealAct"];
            /** Format: int64 */
            milestone?: number;
        };
        Alternative: {
            goal: components["schemas"]["PlanGoal"];
            parts: components["schemas"]["PlanPart"][];
            steps: components["schemas"]["PlanStep"][];
            money: components["schemas"]["PlanMoney"];
            clauses: components["schemas"]["PlanClause"][];
            budget: components["schemas"]["LimitVerdict"];
            deadline: components["schemas"]["LimitVerdict"];
            /** Format: int64 */
            over_budget_fen: number;
            /** Format: int64 */
            late_days: number;
            ends_on: string;
            /** Format: int64 */
            days: number;
            breaks: components["schemas"]["Bilingual"][];
            gaps: components["schemas"]["PlanGap"][];
            changes: components["schemas"]["Bilingual"][];
        };
        /** @enum {string} */
        AnswerChart: "table" | "bar" | "line";
        AnswerColumn: {
            name: string;
            type: string;
        };
        ApiToken: {
            id: string;
            name: string;
            scopes: components["schemas"]["TokenScope"][];
            expires_on: string;
            expired: boolean;
            created_at: string;
        };
        AppraisalBasis: {
            is_set: boolean;
            legal: string;
        };
        AppraisalClass: {
            id: string;
            title: components["schemas"]["Bilingual"];
            about: components["schemas"]["Bilingual"];
            kinds: string[];
            criteria: components["schemas"]["AppraisalCriterion"][];
        };
        AppraisalConfirmation: {
            id: string;
            /** Format: int64 */
            version: number;
            at: string;
            by_name: string;
            reason?: string;
            /** Format: int64 */
            feed_seq: number;
            sha256: string;
        };
        AppraisalCriterion: {
            id: string;
            title: components["schemas"]["Bilingual"];
            fact: string;
            weight: number;
            weight_basis: components["schemas"]["AppraisalBasis"];
            rule: components["schemas"]["AppraisalRule"];
        };
        AppraisalDifference: {
            platform: string;
            title: string;
            owner_id: string;
            class_confirmed?: string;
            class_now?: string;
            confirmed?: components["schemas"]["AppraisalStanding"];
            now?: components["schemas"]["AppraisalStanding"];
            criteria: components["schemas"]["CriterionDifference"][];
        };
        AppraisalFact: {
            id: string;
            title: components["schemas"]["Bilingual"];
            unit: components["schemas"]["Bilingual"];
            where: components["schemas"]["Bilingual"];
            sql: string;
            tells_entry: boolean;
        };
        AppraisalGrade: {
            id: string;
            title: components["schemas"]["Bilingual"];
            from: number;
        };
        AppraisalOfYear: {
            /** Format: int64 */
            year: number;
            low: number;
            high: number;
            grade_low: string;
            grade_high: string;
            /** Format: int64 */
            rank_best: number;
            /** Format: int64 */
            rank_worst: number;
            /** Format: int64 */
            platforms: number;
            confirmed?: components["schemas"]["AppraisalStanding"];
        };
        AppraisalPage: {
            /** Format: int64 */
            year: number;
            class_id: string;
            trial: boolean;
            /** Format: int64 */
            feed_seq: number;
            score: components["schemas"]["PlatformScore"];
            reasons: components["schemas"]["CriterionReason"][];
            years: components["schemas"]["AppraisalOfYear"][];
            confirmation?: components["schemas"]["AppraisalConfirmation"];
            confirmed_grades: components["schemas"]["AppraisalGrade"][];
            difference?: components["schemas"]["AppraisalDifference"];
        };
        AppraisalResult: {
            scheme: string;
            /** Format: int64 */
            year: number;
            /** Format: int64 */
            feed_seq: number;
            classes: components["schemas"]["ClassScores"][];
            without_class: components["schemas"]["AppraisedPlatform"][];
        };
        AppraisalRule: {
            kind: components["schemas"]["AppraisalRuleKind"];
            less_is_better: boolean;
            floor?: number;
            full?: number;
            unit_step?: number;
            steps: components["schemas"]["AppraisalStep"][];
            basis: components["schemas"]["AppraisalBasis"];
        };
        /** @enum {string} */
        AppraisalRuleKind: "linear" | "steps" | "percentile";
        AppraisalScheme: {
            id: string;
            title: components["schemas"]["Bilingual"];
            about: components["schemas"]["Bilingual"];
            issuer: components["schemas"]["Bilingual"];
            document: string;
            place: string;
            quote: string;
            /** Format: int64 */
            first_year: number;
            /** Format: int64 */
            last_year?: number;
            facts: components["schemas"]["AppraisalFact"][];
            classes: components["schemas"]["AppraisalClass"][];
            grades: components["schemas"]["AppraisalGrade"][];
            grades_basis: components["schemas"]["AppraisalBasis"];
        };
        AppraisalStanding: {
            low: number;
            high: number;
            grade_low: string;
            grade_high: string;
            /** Format: int64 */
            rank_best: number;
            /** Format: int64 */
            rank_worst: number;
        };
        AppraisalStep: {
            at: number;
            share: number;
        };
        AppraisalTable: {
            result: components["schemas"]["AppraisalResult"];
            trial: string[];
            all: boolean;
            sha256: string;
            may_confirm: boolean;
            confirmed?: components["schemas"]["ConfirmedView"];
            differences: components["schemas"]["AppraisalDifference"][];
            versions: components["schemas"]["AppraisalConfirmation"][];
        };
        AppraisedPlatform: {
            id: string;
            title: string;
            kind: string;
            region: string;
            owner_id: string;
            owner_name: string;
        };
        AtlasChain: {
            counts: components["schemas"]["ChainCounts"];
            supply_paths: number;
            nodes: components["schemas"]["NodeMeasures"][];
            edges: components["schemas"]["ChainEdge"][];
            strengthen: components["schemas"]["ChainListed"][];
            fill: components["schemas"]["ChainListed"][];
            extend: components["schemas"]["ChainListed"][];
            leads: components["schemas"]["ChainLead"][];
            /** Format: int64 */
            leads_total: number;
            faults: components["schemas"]["ChainFault"][];
            region: components["schemas"]["RegionView"];
            thresholds: components["schemas"]["ChainThresholds"];
        };
        AtlasNode: {
            code: string;
            title: string;
            id: string;
            text?: string;
            kind: components["schemas"]["NodeKind"];
            position: components["schemas"]["ChainPlace"];
            segment?: string;
            chains: string[];
            region: components["schemas"]["RegionView"];
            /** Format: int64 */
            suppliers: number;
            /** Format: int64 */
            local_suppliers: number;
            positions: components["schemas"]["NodePosition"][];
            neighbours: components["schemas"]["NodeNeighbour"][];
            entries: components["schemas"]["NodeEntries"][];
        };
        AtlasOverview: {
            region: components["schemas"]["RegionView"];
            items: components["schemas"]["ChainCounts"][];
        };
        Attachment: {
            id: string;
            name: string;
            media_type: string;
            /** Format: int64 */
            bytes: number;
            sha256: string;
            added_at: string;
            added_by: string;
        };
        BenefitAnswer: {
            text: components["schemas"]["Bilingual"];
            /** Format: int64 */
            amount_fen?: number;
            state: components["schemas"]["Verdict"];
            money: boolean;
            figures: components["schemas"]["FigureUsed"][];
            have: components["schemas"]["HaveFact"][];
        };
        Bilingual: {
            zh: string;
            en: string;
        };
        /** @enum {string} */
        Cause: "nightly" | "asked";
        Cell: {
            indicator: string;
            value?: number;
            z?: number;
            weight: number;
            share?: number;
            gain?: number;
            source: string;
            fictional: boolean;
        };
        ChainCounts: {
            chain: string;
            /** Format: int64 */
            nodes: number;
            /** Format: int64 */
            edges: number;
            /** Format: int64 */
            organizations: number;
            /** Format: int64 */
            covered: number;
            /** Format: int64 */
            single_source: number;
            /** Format: int64 */
            missing: number;
        };
        ChainEdge: {
            from: string;
            to: string;
            relation: components["schemas"]["ChainRelation"];
            left_out: boolean;
        };
        ChainFault: {
            kind: components["schemas"]["ChainFaultKind"];
            entry?: string;
            text: components["schemas"]["Bilingual"];
        };
        /** @enum {string} */
        ChainFaultKind: "unknown_code" | "self_edge" | "repeated_node" | "cycle";
        /** @enum {string} */
        ChainFilter: "innovation" | "industry" | "capital" | "talent" | "none";
        ChainLead: {
            code: string;
            title: string;
            organization: string;
            organization_name: string;
            region: string;
            /** Format: int64 */
            share_percent?: number;
            position: string;
            source: string;
            reason: components["schemas"]["Bilingual"];
        };
        ChainListed: {
            code: string;
            title: string;
            reasons: components["schemas"]["Bilingual"][];
        };
        /** @enum {string} */
        ChainPlace: "upstream" | "midstream" | "downstream";
        /** @enum {string} */
        ChainRelation: "upstream" | "part_of" | "substitute" | "uses_equipment" | "uses_material";
        ChainThresholds: {
            valid_from: string;
            /** Format: int64 */
            hhi?: number;
            hhi_source: components["schemas"]["Bilingual"];
            /** Format: int64 */
            key_paths_percent?: number;
            key_paths_source: components["schemas"]["Bilingual"];
        };
        Check: {
            name: components["schemas"]["Bilingual"];
            passed: boolean;
            detail: components["schemas"]["Bilingual"];
        };
        ClassScores: {
            class_id: string;
            rows: components["schemas"]["PlatformScore"][];
        };
        ClauseAnswer: {
            id: string;
            required: components["schemas"]["Bilingual"];
            figures: components["schemas"]["FigureUsed"][];
            have: components["schemas"]["HaveFact"][];
            verdict: components["schemas"]["Verdict"];
            todo: components["schemas"]["Bilingual"];
            place: string;
            quote: string;
            fixed: boolean;
        };
        ClauseCounts: {
            id: string;
            required: components["schemas"]["Bilingual"];
            /** Format: int64 */
            yes: number;
            /** Format: int64 */
            no: number;
            /** Format: int64 */
            tell_us: number;
            /** Format: int64 */
            to_be_set: number;
            /** Format: int64 */
            not_computable: number;
        };
        ClauseView: {
            id: string;
            required: components["schemas"]["Bilingual"];
            when: string;
            todo: components["schemas"]["Bilingual"];
            place: string;
            quote: string;
            fixed: boolean;
        };
        /** @enum {string} */
        CockpitPicture: "state" | "chain" | "unit" | "promises" | "tasks";
        CodeListView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            codes: components["schemas"]["CodeView"][];
        };
        CodeView: {
            code: string;
            zh: string;
            en: string;
            chain?: string;
        };
        Colleague: {
            name: string;
            roles: components["schemas"]["Role"][];
        };
        ColumnFacts: {
            id: string;
            type: string;
            title: components["schemas"]["Bilingual"];
            about?: components["schemas"]["Bilingual"];
        };
        ColumnMapping: {
            header: string;
            field?: string;
        };
        Comparison: {
            /** Format: int64 */
            year: number;
            county: string;
            counties: string[];
        };
        ComputedFigure: {
            indicator_id: string;
            period: string;
            value?: number;
            running: boolean;
            by_days: boolean;
            from: string;
            to: string;
            /** Format: int64 */
            feed_seq: number;
            at: string;
            /** Format: int64 */
            definition: number;
            reason?: components["schemas"]["Bilingual"];
        };
        ConfirmationWrite: {
            sha256: string;
            reason?: string;
        };
        ConfirmedAppraisal: {
            id: string;
            /** Format: int64 */
            version: number;
            at: string;
            by_name: string;
            reason?: string;
            /** Format: int64 */
            feed_seq: number;
            sha256: string;
            scheme: components["schemas"]["AppraisalScheme"];
            result: components["schemas"]["AppraisalResult"];
        };
        ConfirmedView: {
            confirmation: components["schemas"]["AppraisalConfirmation"];
            statements: components["schemas"]["StatementReference"][];
            grades: components["schemas"]["AppraisalGrade"][];
            result: components["schemas"]["AppraisalResult"];
            scheme_changed: boolean;
        };
        CountRule: {
            register: string;
            date_field: string;
            equals?: {
                [key: string]: string;
            };
            sum_field?: string;
        };
        Course: {
            direction: components["schemas"]["Direction"];
            aggregation: components["schemas"]["Aggregation"];
            baseline?: components["schemas"]["IndicatorBaseline"];
            targets: components["schemas"]["IndicatorTarget"][];
            path: components["schemas"]["PathKind"];
            own_path?: components["schemas"]["PathPoint"][];
            tolerance_percent: number;
            band_percent: number;
        };
        CreatedApiToken: {
            id: string;
            name: string;
            scopes: components["schemas"]["TokenScope"][];
            expires_on: string;
            expired: boolean;
            created_at: string;
            token: string;
        };
        CriterionDifference: {
            criterion: string;
            figure_confirmed?: number;
            figure_now?: number;
            points_confirmed?: number;
            points_now?: number;
        };
        CriterionReason: {
            criterion: string;
            how: components["schemas"]["Bilingual"];
            next: components["schemas"]["Bilingual"];
        };
        CriterionScore: {
            criterion: string;
            figure?: number;
            entry_id?: string;
            share?: number;
            points?: number;
        };
        DatedView: {
            from: string;
            words?: components["schemas"]["Bilingual"];
            value?: unknown;
            legal: string;
            confirmed: boolean;
        };
        /** @enum {string} */
        DealAct: "propose" | "agree" | "decline" | "revise" | "deliver" | "accept" | "dispute" | "terminate" | "evaluate";
        DealEvent: {
            at: string;
            act: components["schemas"]["DealAct"];
            side: components["schemas"]["Side"];
            actor_name?: string;
            note?: string;
            /** Format: int64 */
            milestone?: number;
            /** Format: int64 */
            score?: number;
            terms?: components["schemas"]["Terms"];
        };
        DealView: {
            id: string;
            /** Format: int64 */
            version: number;
            state: components["schemas"]["State"];
            kind: components["schemas"]["Kind"];
            title: string;
            scope: string;
            need: components["schemas"]["NeedReference"];
            supply: components["schemas"]["SupplyReference"];
            proposed_by: components["schemas"]["Side"];
            terms_by: components["schemas"]["Side"];
            /** Format: int64 */
            contract_total_fen: number;
            /** Format: int64 */
            technology_amount_fen: number;
            starts_on: string;
            ends_on: string;
            milestones: components["schemas"]["Milestone"][];
            evaluations: components["schemas"]["Evaluation"][];
            agreed_at?: string;
            created_at: string;
            updated_at: string;
            buyer: components["schemas"]["PartyView"];
            seller: components["schemas"]["PartyView"];
            acts: components["schemas"]["AllowedAct"][];
            events?: components["schemas"]["DealEvent"][];
            statements?: components["schemas"]["StatementReference"][];
        };
        Digest: {
            id: string;
            round_id: string;
            day: string;
            at: string;
            /** Format: int64 */
            needs: number;
            /** Format: int64 */
            supplies: number;
            /** Format: int64 */
            wanted: number;
            read: boolean;
            for_needs: components["schemas"]["DigestGroup"][];
            for_supplies: components["schemas"]["DigestGroup"][];
        };
        DigestGroup: {
            own: components["schemas"]["Named"];
            lines: components["schemas"]["DigestLine"][];
        };
        DigestLine: {
            entry: components["schemas"]["Named"];
            score: number;
            supplier: number;
            reasons: components["schemas"]["Reason"][];
            missing: components["schemas"]["Bilingual"][];
        };
        DigestRead: {
            read: boolean;
        };
        DigestSummary: {
            id: string;
            round_id: string;
            day: string;
            at: string;
            /** Format: int64 */
            needs: number;
            /** Format: int64 */
            supplies: number;
            /** Format: int64 */
            wanted: number;
            read: boolean;
        };
        DigestsView: {
            items: components["schemas"]["DigestSummary"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        /** @enum {string} */
        Direction: "up" | "down" | "none";
        Draft: {
            title?: components["schemas"]["DraftText"];
            issuer?: components["schemas"]["DraftText"];
            number?: components["schemas"]["DraftText"];
            date?: components["schemas"]["DraftText"];
            horizon: components["schemas"]["DraftYear"][];
            force: components["schemas"]["DraftForce"];
            force_ranges: components["schemas"]["DraftRange"][];
            measures: components["schemas"]["DraftMeasure"][];
            promises: components["schemas"]["DraftPromise"][];
            indicators: components["schemas"]["DraftIndicator"][];
            doubts: components["schemas"]["DraftDoubt"][];
        };
        DraftChange: {
            kind: components["schemas"]["DraftChangeKind"];
            item: components["schemas"]["DraftChangedItem"];
            label: string;
            /** Format: int64 */
            old_index?: number;
            /** Format: int64 */
            new_index?: number;
            fields: components["schemas"]["DraftFieldChange"][];
        };
        /** @enum {string} */
        DraftChangeKind: "added" | "removed" | "changed";
        /** @enum {string} */
        DraftChangedItem: "head" | "measure" | "promise" | "indicator";
        /** @enum {string} */
        DraftDirection: "up" | "down" | "keep";
        /** @enum {string} */
        DraftDirectionReason: "rank" | "bound" | "stable" | "figures" | "assumed";
        DraftDoubt: {
            item: string;
            ranges: components["schemas"]["DraftRange"][];
            what: components["schemas"]["Bilingual"];
            reason: components["schemas"]["Bilingual"];
            remedy: components["schemas"]["Bilingual"];
        };
        DraftFieldChange: {
            field: string;
            before?: string;
            after?: string;
        };
        DraftFigure: {
            period: string;
            kind: components["schemas"]["DraftTargetKind"];
            value?: string;
            remark?: string;
            written: string;
            ranges: components["schemas"]["DraftRange"][];
        };
        /** @enum {string} */
        DraftForce: "unknown" | "draft" | "in_force";
        DraftIndicator: {
            number: string;
            part?: string;
            within?: string;
            system?: components["schemas"]["DraftText"];
            task?: components["schemas"]["DraftText"];
            name: string;
            unit: string;
            own: boolean;
            baselines: components["schemas"]["DraftFigure"][];
            targets: components["schemas"]["DraftFigure"][];
            direction: components["schemas"]["DraftDirection"];
            direction_reason: components["schemas"]["DraftDirectionReason"];
            departments: components["schemas"]["DraftUnit"][];
            ranges: components["schemas"]["DraftRange"][];
        };
        DraftMeasure: {
            number: string;
            heading: string;
            text: string;
            sections: components["schemas"]["DraftText"][];
            steps: components["schemas"]["DraftStep"][];
            units: components["schemas"]["DraftUnit"][];
            ranges: components["schemas"]["DraftRange"][];
        };
        DraftPromise: {
            /** Format: int64 */
            measure?: number;
            subject: string;
            operator: components["schemas"]["DraftPromiseOperator"];
            value?: string;
            value_to?: string;
            unit: string;
            period: components["schemas"]["DraftPromisePeriod"];
            /** Format: int64 */
            year?: number;
            relative_to?: string;
            scope?: string;
            aspired: boolean;
            text: string;
            ranges: components["schemas"]["DraftRange"][];
            value_ranges: components["schemas"]["DraftRange"][];
        };
        /** @enum {string} */
        DraftPromiseOperator: "equal" | "at_least" | "at_most" | "over" | "under" | "about" | "between" | "relative" | "monthly" | "rank";
        /** @enum {string} */
        DraftPromisePeriod: "total" | "each_year" | "each_quarter" | "each_month" | "by_year";
        DraftRange: {
            /** Format: int64 */
            begin: number;
            /** Format: int64 */
            end: number;
        };
        DraftStep: {
            number: string;
            heading: string;
            text: string;
            ranges: components["schemas"]["DraftRange"][];
        };
        /** @enum {string} */
        DraftTargetKind: "none" | "equal" | "at_least" | "at_most" | "about" | "keep_stable" | "rank_at_best";
        DraftText: {
            text: string;
            ranges: components["schemas"]["DraftRange"][];
        };
        DraftUnit: {
            name: string;
            role: components["schemas"]["DraftUnitRole"];
            ranges: components["schemas"]["DraftRange"][];
        };
        /** @enum {string} */
        DraftUnitRole: "lead" | "co" | "responsible" | "everywhere";
        DraftYear: {
            /** Format: int64 */
            year: number;
            ranges: components["schemas"]["DraftRange"][];
        };
        DueReport: {
            indicator_id: string;
            code: string;
            name: string;
            unit: string;
            period: string;
            due_on: string;
            reminder: components["schemas"]["Reminder"];
            departments: string[];
            observation?: components["schemas"]["Observation"];
        };
        DueReportsView: {
            today: string;
            departments: string[];
            items: components["schemas"]["DueReport"][];
        };
        Duty: {
            unit: string;
            role: components["schemas"]["DutyRole"];
            from: string;
            to?: string;
        };
        /** @enum {string} */
        DutyRole: "lead" | "co" | "responsible" | "everywhere";
        /** @enum {string} */
        EntryState: "draft" | "published" | "withdrawn" | "expired";
        EntryVersionView: {
            /** Format: int64 */
            version: number;
            at: string;
            actor_name?: string;
            act: string;
            fields: Record<string, string | number | boolean | string[]>;
        };
        EntryView: {
            id: string;
            register: string;
            /** Format: int64 */
            version: number;
            state: components["schemas"]["EntryState"];
            title: string;
            owner?: components["schemas"]["Reference"];
            owner_hidden?: boolean;
            region?: string;
            segment?: string;
            fields: Record<string, string | number | boolean | string[]>;
            created_at: string;
            updated_at: string;
            published_at?: string;
            acts: components["schemas"]["Act"][];
            statements?: components["schemas"]["StatementReference"][];
        };
        EntryWrite: {
            fields: Record<string, string | number | boolean | string[]>;
            publish?: boolean;
        };
        Evaluation: {
            side: components["schemas"]["Side"];
            /** Format: int64 */
            score: number;
            comment: string;
            at: string;
        };
        EvidenceLink: {
            title: string;
            address: string;
            sha256?: string;
        };
        ExposureReport: {
            /** Format: int64 */
            days: number;
            /** Format: int64 */
            rounds: number;
            /** Format: int64 */
            owners: number;
            /** Format: int64 */
            given: number;
            concentration_plain: number;
            concentration: number;
            inequality_plain: number;
            inequality: number;
            items: components["schemas"]["OwnerExposure"][];
        };
        FactGroup: {
            id: string;
            title: components["schemas"]["Bilingual"];
        };
        /** @enum {string} */
        FactType: "text" | "code" | "codes" | "region" | "integer" | "decimal" | "money" | "date" | "boolean";
        FeedbackVersion: {
            /** Format: int64 */
            version: number;
            at: string;
            actor_name?: string;
            mark: components["schemas"]["Mark"];
            reason?: components["schemas"]["RefusalReason"];
            note?: string;
        };
        FeedbackView: {
            /** Format: int64 */
            version: number;
            at: string;
            actor_name?: string;
            mark: components["schemas"]["Mark"];
            reason?: components["schemas"]["RefusalReason"];
            note?: string;
            supply: components["schemas"]["SupplyTitle"];
            history?: components["schemas"]["FeedbackVersion"][];
        };
        FeedbackWrite: {
            mark: components["schemas"]["Mark"];
            reason?: components["schemas"]["RefusalReason"];
            note?: string;
        };
        FieldChange: {
            field: string;
            before: string;
            after: string;
        };
        /** @enum {string} */
        FieldType: "text" | "long_text" | "integer" | "decimal" | "money" | "date" | "boolean" | "code" | "region" | "organization" | "uscc" | "url";
        FieldView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            type: components["schemas"]["FieldType"];
            help?: components["schemas"]["Bilingual"];
            role?: string;
            required: boolean;
            unit?: components["schemas"]["Bilingual"];
            /** Format: int64 */
            fen_per_unit?: number;
            min?: number;
            max?: number;
            /** Format: int64 */
            max_length?: number;
            code_list?: string;
            many: boolean;
            sensitivity: components["schemas"]["Sensitivity"];
            in_table: boolean;
        };
        /** @enum {string} */
        FigureDirection: "up" | "down";
        FigureQuery: {
            sql: string;
            rows_sql?: string;
        };
        FigureTrial: {
            computed: components["schemas"]["FigureQuery"];
            is_public: boolean;
            frequency: components["schemas"]["Frequency"];
            period?: string;
        };
        FigureUsed: {
            parameter: string;
            title: components["schemas"]["Bilingual"];
            words?: components["schemas"]["Bilingual"];
            from: string;
            legal: string;
            confirmed: boolean;
            tried: boolean;
        };
        Forecast: {
            method: components["schemas"]["ForecastMethod"];
            points: components["schemas"]["ForecastPoint"][];
            held_back: components["schemas"]["HeldBack"];
            other_error?: number;
        };
        /** @enum {string} */
        ForecastMethod: "last_trend" | "seasonal_naive";
        ForecastPoint: {
            period: string;
            value: number;
            low: number;
            high: number;
        };
        /** @enum {string} */
        Frequency: "year" | "quarter" | "month";
        HaveFact: {
            fact: string;
            title: components["schemas"]["Bilingual"];
            words: components["schemas"]["Bilingual"];
            origin: components["schemas"]["Origin"];
            entry_id?: string;
        };
        Health: {
            status: string;
        };
        HeldBack: {
            /** Format: int64 */
            periods: number;
            mean_error: number;
            /** Format: int64 */
            inside: number;
        };
        /** @enum {string} */
        HhiBasis: "none" | "shares" | "mixed" | "equal";
        Import: {
            id: string;
            register: string;
            state: components["schemas"]["ImportState"];
            publish: boolean;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            new: number;
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            same: number;
            /** Format: int64 */
            wrong: number;
            /** Format: int64 */
            warned: number;
            /** Format: int64 */
            done_rows: number;
            columns: components["schemas"]["ColumnMapping"][];
            problems: components["schemas"]["InputProblem"][];
            warnings: components["schemas"]["InputProblem"][];
            created_at: string;
        };
        /** @enum {string} */
        ImportState: "checked" | "committing" | "done" | "failed";
        InboxItem: {
            kind: string;
            title: components["schemas"]["Bilingual"];
            subject_id: string;
            url: string;
            since: string;
        };
        Indicator: {
            id: string;
            title: components["schemas"]["Bilingual"];
            system: components["schemas"]["System"];
            unit: components["schemas"]["Bilingual"];
            direction: components["schemas"]["FigureDirection"];
            weight: number;
            low: number;
            high: number;
            reference_source: string;
        };
        IndicatorBaseline: {
            /** Format: int64 */
            year: number;
            value?: number;
            text: string;
        };
        IndicatorChange: {
            code: string;
            name: string;
            unit: string;
            system?: string;
            task?: string;
            chain?: components["schemas"]["SteeringChain"];
            own: boolean;
            is_public: boolean;
            promise: boolean;
            fictional: boolean;
            frequency: components["schemas"]["Frequency"];
            course: components["schemas"]["Course"];
            source: components["schemas"]["IndicatorSource"];
            formula?: string;
            count?: components["schemas"]["CountRule"];
            computed?: components["schemas"]["FigureQuery"];
            rules: components["schemas"]["ValueRules"];
            reports_from?: string;
            /** Format: int64 */
            due_days: number;
            duties: components["schemas"]["Duty"][];
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            note?: string;
            reason: string;
        };
        IndicatorContent: {
            code: string;
            name: string;
            unit: string;
            system?: string;
            task?: string;
            chain?: components["schemas"]["SteeringChain"];
            own: boolean;
            is_public: boolean;
            promise: boolean;
            fictional: boolean;
            frequency: components["schemas"]["Frequency"];
            course: components["schemas"]["Course"];
            source: components["schemas"]["IndicatorSource"];
            formula?: string;
            count?: components["schemas"]["CountRule"];
            computed?: components["schemas"]["FigureQuery"];
            rules: components["schemas"]["ValueRules"];
            reports_from?: string;
            /** Format: int64 */
            due_days: number;
            duties: components["schemas"]["Duty"][];
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            note?: string;
        };
        IndicatorPage: {
            code: string;
            name: string;
            unit: string;
            system?: string;
            task?: string;
            chain?: components["schemas"]["SteeringChain"];
            own: boolean;
            is_public: boolean;
            promise: boolean;
            fictional: boolean;
            frequency: components["schemas"]["Frequency"];
            course: components["schemas"]["Course"];
            source: components["schemas"]["IndicatorSource"];
            formula?: string;
            count?: components["schemas"]["CountRule"];
            computed?: components["schemas"]["FigureQuery"];
            rules: components["schemas"]["ValueRules"];
            reports_from?: string;
            /** Format: int64 */
            due_days: number;
            duties: components["schemas"]["Duty"][];
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            note?: string;
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
            state: components["schemas"]["IndicatorState"];
            since?: string;
            why: components["schemas"]["Bilingual"];
            period?: string;
            figure?: number;
            required?: number;
            running?: number;
            required_now?: number;
            provisional: boolean;
            /** Format: int64 */
            overdue: number;
            trouble?: components["schemas"]["Bilingual"];
            trouble_since?: string;
            as_of: string;
            points: components["schemas"]["IndicatorPoint"][];
            forecast?: components["schemas"]["Forecast"];
            lineage: components["schemas"]["Lineage"];
            versions: components["schemas"]["VersionNote"][];
            may_report: boolean;
            may_steer: boolean;
        };
        IndicatorPoint: {
            period: string;
            value?: number;
            figure?: number;
            required?: number;
            verdict?: components["schemas"]["PathVerdict"];
            state?: components["schemas"]["IndicatorState"];
            known_on?: string;
            due_on?: string;
            overdue: boolean;
            report?: components["schemas"]["Observation"];
            computed?: components["schemas"]["ComputedFigure"];
        };
        /** @enum {string} */
        IndicatorSource: "reported" | "formula" | "counted" | "computed";
        /** @enum {string} */
        IndicatorState: "on_track" | "pending" | "at_risk" | "off_track" | "recovering" | "no_data";
        IndicatorTarget: {
            /** Format: int64 */
            year: number;
            kind: components["schemas"]["TargetKind"];
            value?: number;
            text: string;
        };
        IndicatorView: {
            code: string;
            name: string;
            unit: string;
            system?: string;
            task?: string;
            chain?: components["schemas"]["SteeringChain"];
            own: boolean;
            is_public: boolean;
            promise: boolean;
            fictional: boolean;
            frequency: components["schemas"]["Frequency"];
            course: components["schemas"]["Course"];
            source: components["schemas"]["IndicatorSource"];
            formula?: string;
            count?: components["schemas"]["CountRule"];
            computed?: components["schemas"]["FigureQuery"];
            rules: components["schemas"]["ValueRules"];
            reports_from?: string;
            /** Format: int64 */
            due_days: number;
            duties: components["schemas"]["Duty"][];
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            note?: string;
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
            state: components["schemas"]["IndicatorState"];
            since?: string;
            why: components["schemas"]["Bilingual"];
            period?: string;
            figure?: number;
            required?: number;
            running?: number;
            required_now?: number;
            provisional: boolean;
            /** Format: int64 */
            overdue: number;
            trouble?: components["schemas"]["Bilingual"];
            trouble_since?: string;
        };
        IndicatorsView: {
            as_of: string;
            today: string;
            may_steer: boolean;
            items: components["schemas"]["IndicatorView"][];
        };
        InputProblem: {
            /** Format: int64 */
            row?: number;
            field: string;
            reason: components["schemas"]["Bilingual"];
            remedy: components["schemas"]["Bilingual"];
        };
        ItemsApiToken: {
            items: components["schemas"]["ApiToken"][];
        };
        ItemsAppraisalScheme: {
            items: components["schemas"]["AppraisalScheme"][];
        };
        ItemsEntryVersionView: {
            items: components["schemas"]["EntryVersionView"][];
        };
        ItemsFeedbackView: {
            items: components["schemas"]["FeedbackView"][];
        };
        ItemsImport: {
            items: components["schemas"]["Import"][];
        };
        ItemsInboxItem: {
            items: components["schemas"]["InboxItem"][];
        };
        ItemsKeptReviewContent: {
            items: components["schemas"]["KeptReviewContent"][];
        };
        ItemsModelState: {
            items: components["schemas"]["ModelState"][];
        };
        ItemsPlanDraftNote: {
            items: components["schemas"]["PlanDraftNote"][];
        };
        ItemsPlanView: {
            items: components["schemas"]["PlanView"][];
        };
        ItemsPolicyView: {
            items: components["schemas"]["PolicyView"][];
        };
        ItemsRegionView: {
            items: components["schemas"]["RegionView"][];
        };
        ItemsRegisterView: {
            items: components["schemas"]["RegisterView"][];
        };
        ItemsRound: {
            items: components["schemas"]["Round"][];
        };
        ItemsSavedQuery: {
            items: components["schemas"]["SavedQuery"][];
        };
        ItemsSteeringUnitView: {
            items: components["schemas"]["SteeringUnitView"][];
        };
        ItemsTaskChange: {
            items: components["schemas"]["TaskChange"][];
        };
        KeptList: {
            id: string;
            policy: string;
            day: string;
            made_at: string;
            made_by: string;
            /** Format: int64 */
            members: number;
            /** Format: int64 */
            new_members: number;
            /** Format: int64 */
            amount_fen: number;
        };
        KeptPlanContent: {
            code: string;
            text: string;
            draft: components["schemas"]["Draft"];
            frequency: components["schemas"]["Frequency"];
            replaces?: string;
            fictional?: boolean;
            draft_id?: string;
            title: string;
            replaced_by?: string;
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
        };
        KeptReviewContent: {
            period: string;
            held_on: string;
            notes: components["schemas"]["ReviewNote"][];
            decisions: components["schemas"]["ReviewDecision"][];
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
        };
        /** @enum {string} */
        Kind: "development" | "transfer" | "licence" | "consulting" | "service";
        KnownFactView: {
            fact: string;
            value: unknown;
            words: components["schemas"]["Bilingual"];
            origin: components["schemas"]["Origin"];
        };
        LadderAnswer: {
            scheme: string;
            title: components["schemas"]["Bilingual"];
            about: components["schemas"]["Bilingual"];
            rungs: components["schemas"]["Rung"][];
            next?: components["schemas"]["PolicyAnswer"];
        };
        /** @enum {string} */
        Language: "zh" | "en";
        Level: {
            system: components["schemas"]["System"];
            u?: number;
        };
        /** @enum {string} */
        LimitVerdict: "within" | "broken" | "open" | "not_given";
        Lineage: {
            periods: string[];
            period?: string;
            value?: number;
            from?: string;
            to?: string;
            query?: string;
            rows_query?: string;
            computed?: components["schemas"]["ComputedFigure"];
            /** Format: int64 */
            rows_total: number;
            rows_complete: boolean;
            rows: components["schemas"]["LineageRow"][];
            values: components["schemas"]["LineageValue"][];
            statements: components["schemas"]["StatementReference"][];
        };
        LineageRow: {
            id: string;
            register?: string;
            title: string;
            on: string;
            amount?: number;
            statements: components["schemas"]["StatementReference"][];
        };
        LineageValue: {
            code: string;
            name: string;
            id: string;
            value?: number;
            period: string;
        };
        LinkView: {
            link: string;
            link_expires_at: string;
        };
        ListRow: {
            organization: string;
            name: string;
            region: string;
            outcome: components["schemas"]["Outcome"];
            /** Format: int64 */
            amount_fen?: number;
            amount_state: components["schemas"]["Verdict"];
            lacks: string[];
            unknown: string[];
            to_be_set: string[];
            is_new: boolean;
        };
        LogState: {
            origin: string;
            vkey: string;
            /** Format: int64 */
            size: number;
            root: string;
            checkpoint_at?: string;
            /** Format: int64 */
            statements: number;
            /** Format: int64 */
            feed_seq: number;
        };
        LogView: {
            origin: string;
            vkey: string;
            /** Format: int64 */
            size: number;
            root: string;
        };
        /** @enum {string} */
        Mark: "shortlisted" | "contacted" | "refused" | "accepted" | "cleared";
        MarkCount: {
            mark: components["schemas"]["Mark"];
            /** Format: int64 */
            count: number;
        };
        MatchView: {
            supply: components["schemas"]["MatchedSupply"];
            score: number;
            parts: {
                [key: string]: number;
            };
            problems: number[];
            reasons: components["schemas"]["Reason"][];
            missing: components["schemas"]["Bilingual"][];
            feedback?: components["schemas"]["FeedbackVersion"];
            may_mark?: boolean;
        };
        MatchedSupply: {
            id: string;
            register: string;
            kind: string;
            title: string;
            text: string;
            owner?: components["schemas"]["Reference"];
            region?: string;
            segment?: string;
            /** Format: int64 */
            trl?: number;
            /** Format: int64 */
            amount_fen?: number;
        };
        MatchesView: {
            need_id?: string;
            /** Format: int64 */
            feed_seq: number;
            problems: components["schemas"]["NeedProblem"][];
            items: components["schemas"]["MatchView"][];
        };
        Me: {
            account_id: string;
            login: string;
            name: string;
            roles: components["schemas"]["Role"][];
            organization?: components["schemas"]["Reference"];
            language: components["schemas"]["Language"];
            must_set_password: boolean;
        };
        Milestone: {
            /** Format: int64 */
            index: number;
            title: string;
            due_on: string;
            /** Format: int64 */
            amount_fen: number;
            state: components["schemas"]["MilestoneState"];
            note?: string;
        };
        /** @enum {string} */
        MilestoneState: "open" | "delivered" | "accepted" | "disputed";
        MilestoneTerms: {
            title: string;
            due_on: string;
            /** Format: int64 */
            amount_fen: number;
        };
        ModelState: {
            use: components["schemas"]["ModelUse"];
            model: string;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int64 */
            refused: number;
            reading: boolean;
            /** Format: int64 */
            paused_seconds: number;
            last_error?: components["schemas"]["Bilingual"];
            last_error_at?: string;
        };
        /** @enum {string} */
        ModelUse: "embeddings" | "chat";
        Named: {
            id: string;
            register: string;
            title: string;
            owner_name?: string;
            region?: string;
        };
        NeedGlimpse: {
            id?: string;
            title?: string;
            owner_name?: string;
            owner_hidden?: boolean;
        };
        NeedPreview: {
            title: string;
            text: string;
            segment?: string;
            region?: string;
            /** Format: int64 */
            budget_fen?: number;
            stage?: string;
            deadline?: string;
            /** Format: int64 */
            limit?: number;
        };
        NeedProblem: {
            /** Format: int64 */
            index: number;
            text: string;
        };
        NeedProblems: {
            need_id: string;
            edited: boolean;
            /** Format: int64 */
            version: number;
            problems: components["schemas"]["NeedProblem"][];
        };
        NeedReference: {
            id: string;
            title: string;
        };
        NewAccount: {
            login: string;
            name: string;
            roles: components["schemas"]["Role"][];
            organization_id?: string;
            language?: components["schemas"]["Language"];
        };
        NewApiToken: {
            name: string;
            scopes: components["schemas"]["TokenScope"][];
            expires_on: string;
        };
        NewPassword: {
            old_password?: string;
            new_password: string;
        };
        NodeEntries: {
            register: string;
            title: components["schemas"]["Bilingual"];
            /** Format: int64 */
            total: number;
            items: components["schemas"]["EntryView"][];
        };
        /** @enum {string} */
        NodeKind: "segment" | "product" | "technology";
        NodeMeasures: {
            code: string;
            title: string;
            kind: components["schemas"]["NodeKind"];
            position: components["schemas"]["ChainPlace"];
            segment?: string;
            /** Format: int64 */
            suppliers: number;
            /** Format: int64 */
            local_suppliers: number;
            /** Format: int64 */
            hhi?: number;
            hhi_basis: components["schemas"]["HhiBasis"];
            single_source: boolean;
            betweenness: number;
            betweenness_share: number;
            dominator?: string;
            /** Format: int64 */
            dominates: number;
            paths_lost_share: number;
            risk: components["schemas"]["NodeRisk"];
        };
        NodeNeighbour: {
            code: string;
            title: string;
            chain: string;
            relation: components["schemas"]["ChainRelation"];
            outgoing: boolean;
        };
        NodePosition: {
            id: string;
            organization: components["schemas"]["Reference"];
            region: string;
            local: boolean;
            /** Format: int64 */
            share_percent?: number;
            source?: string;
        };
        /** @enum {string} */
        NodeRisk: "missing" | "single_source" | "concentrated" | "steady";
        NodeState: {
            version: string;
            origin: string;
            region: components["schemas"]["RegionView"];
            store: string;
            data_folder: string;
            /** Format: int64 */
            feed_seq: number;
            /** Format: int64 */
            match_seq: number;
            /** Format: int64 */
            match_documents: number;
            /** Format: int64 */
            memory_bytes: number;
            started_at: string;
        };
        NodeTitle: {
            origin: string;
            title: components["schemas"]["Bilingual"];
        };
        /** @enum {string} */
        Normalisation: "min_max" | "reference";
        Observation: {
            id: string;
            indicator_id: string;
            period: string;
            /** Format: int64 */
            version: number;
            state: components["schemas"]["ReportState"];
            reported: components["schemas"]["ReportedValue"];
            approved?: components["schemas"]["ReportedValue"];
            approved_by?: string;
            approved_on?: string;
            reason?: string;
        };
        /** @enum {string} */
        Origin: "unknown" | "registers" | "said";
        /** @enum {string} */
        Outcome: "claim" | "to_be_set" | "tell_us" | "almost" | "no";
        Overview: {
            region: components["schemas"]["RegionView"];
            node: components["schemas"]["NodeTitle"];
            registers: components["schemas"]["RegisterCount"][];
            deals: components["schemas"]["StateCount"][];
            /** Format: int64 */
            statements: number;
            latest_needs: components["schemas"]["EntryView"][];
            latest_supplies: components["schemas"]["EntryView"][];
        };
        OwnerExposure: {
            id: string;
            name: string;
            /** Format: int64 */
            found: number;
            /** Format: int64 */
            plain: number;
            /** Format: int64 */
            given: number;
            share: number;
            /** Format: int64 */
            contacted: number;
            /** Format: int64 */
            deals: number;
        };
        PageAccountView: {
            items: components["schemas"]["AccountView"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        PageDealView: {
            items: components["schemas"]["DealView"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        PageEntryView: {
            items: components["schemas"]["EntryView"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        PageStatementView: {
            items: components["schemas"]["StatementView"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        ParameterView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            type: components["schemas"]["FactType"];
            unit?: components["schemas"]["Bilingual"];
            /** Format: int64 */
            fen_per_unit?: number;
            values: components["schemas"]["DatedView"][];
        };
        /** @enum {string} */
        PartRole: "solver" | "instrument" | "pilot" | "person" | "fund" | "policy";
        PartyView: {
            id?: string;
            name?: string;
            region?: string;
            hidden?: boolean;
        };
        /** @enum {string} */
        PathKind: "linear" | "stepped" | "own";
        PathPoint: {
            period: string;
            value: number;
        };
        /** @enum {string} */
        PathVerdict: "good" | "near" | "bad" | "free";
        /** @enum {string} */
        Picture: "levels" | "degrees";
        Place: {
            county: string;
            /** Format: int64 */
            year: number;
            levels: components["schemas"]["Level"][];
            c?: number;
            t?: number;
            d?: number;
            grade?: components["schemas"]["Bilingual"];
            coupling?: components["schemas"]["Bilingual"];
            /** Format: int64 */
            rank?: number;
            cells: components["schemas"]["Cell"][];
            raise_first: string[];
        };
        PlanChange: {
            supply_id: string;
            score: number;
            /** Format: int64 */
            net_fen: number;
            /** Format: int64 */
            unpriced: number;
            /** Format: int64 */
            days: number;
        };
        PlanClause: {
            id: string;
            title: components["schemas"]["Bilingual"];
            source: string;
            supply_ids: string[];
            /** Format: int64 */
            covered_fen: number;
            to_be_set: boolean;
            note: components["schemas"]["Bilingual"];
        };
        PlanCommit: {
            code: string;
            text: string;
            draft: components["schemas"]["Draft"];
            frequency: components["schemas"]["Frequency"];
            replaces?: string;
            fictional?: boolean;
            draft_id?: string;
        };
        PlanDraft: {
            code: string;
            text: string;
            draft: components["schemas"]["Draft"];
            frequency: components["schemas"]["Frequency"];
            replaces?: string;
            id: string;
            /** Format: int64 */
            version: number;
            title: string;
            updated_at: string;
        };
        PlanDraftNote: {
            id: string;
            /** Format: int64 */
            version: number;
            title: string;
            updated_at: string;
        };
        PlanDraftWrite: {
            code: string;
            text: string;
            draft: components["schemas"]["Draft"];
            frequency: components["schemas"]["Frequency"];
            replaces?: string;
        };
        PlanGap: {
            role: components["schemas"]["PartRole"];
            /** Format: int64 */
            problem?: number;
            supply_id?: string;
            reason: components["schemas"]["Bilingual"];
        };
        /** @enum {string} */
        PlanGoal: "cheapest" | "soonest" | "nearest";
        PlanMoney: {
            /** Format: int64 */
            gross_fen: number;
            /** Format: int64 */
            covered_fen: number;
            /** Format: int64 */
            net_fen: number;
            /** Format: int64 */
            unpriced: number;
        };
        PlanPart: {
            role: components["schemas"]["PartRole"];
            supply_id: string;
            problems: number[];
            /** Format: int64 */
            amount_fen?: number;
            /** Format: int64 */
            covered_fen: number;
            clause_id?: string;
            score: number;
            reasons: components["schemas"]["Reason"][];
            missing: components["schemas"]["Bilingual"][];
            otherwise?: components["schemas"]["PlanChange"];
        };
        PlanReading: {
            text: string;
            draft: components["schemas"]["Draft"];
            changes?: components["schemas"]["DraftChange"][];
        };
        PlanStep: {
            kind: string;
            title: components["schemas"]["Bilingual"];
            supply_id?: string;
            begins_on: string;
            ends_on: string;
            /** Format: int64 */
            begins_after_days: number;
            /** Format: int64 */
            days: number;
            after: number[];
            reason: components["schemas"]["Bilingual"];
        };
        PlanView: {
            id: string;
            /** Format: int64 */
            version: number;
            code: string;
            title: string;
            number?: string;
            date?: string;
            replaced_by?: string;
            /** Format: int64 */
            tasks: number;
            /** Format: int64 */
            indicators: number;
            updated_at: string;
        };
        PlatformScore: {
            platform: components["schemas"]["AppraisedPlatform"];
            low: number;
            high: number;
            grade_low: string;
            grade_high: string;
            /** Format: int64 */
            rank_best: number;
            /** Format: int64 */
            rank_worst: number;
            /** Format: int64 */
            missing: number;
            criteria: components["schemas"]["CriterionScore"][];
        };
        PolicyAnswer: {
            policy: string;
            title: components["schemas"]["Bilingual"];
            issuer: components["schemas"]["Bilingual"];
            document: string;
            standing: components["schemas"]["Standing"];
            chain: string;
            outcome: components["schemas"]["Outcome"];
            summary: components["schemas"]["Bilingual"];
            clauses: components["schemas"]["ClauseAnswer"][];
            ask: string[];
            benefit: components["schemas"]["BenefitAnswer"];
            documents: components["schemas"]["Bilingual"][];
            apply: components["schemas"]["Bilingual"];
        };
        PolicyAnswers: {
            day: string;
            organization?: components["schemas"]["Reference"];
            known: components["schemas"]["KnownFactView"][];
            answers: components["schemas"]["PolicyAnswer"][];
            ladders: components["schemas"]["LadderAnswer"][];
        };
        PolicyAsk: {
            organization?: string;
            facts: Record<string, unknown>;
            policies?: string[];
        };
        PolicyQuestions: {
            groups: components["schemas"]["FactGroup"][];
            questions: components["schemas"]["QuestionView"][];
            code_lists: components["schemas"]["CodeListView"][];
        };
        PolicyView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            issuer: components["schemas"]["Bilingual"];
            document: string;
            place: string;
            quote: string;
            standing: components["schemas"]["Standing"];
            chain: string;
            segments: string[];
            regions: string[];
            benefit: components["schemas"]["Bilingual"];
            formula?: string;
            parameters: components["schemas"]["ParameterView"][];
            clauses: components["schemas"]["ClauseView"][];
            documents: components["schemas"]["Bilingual"][];
            apply: components["schemas"]["Bilingual"];
        };
        Problem: {
            type: string;
            title: string;
            /** Format: int32 */
            status: number;
            code: string;
            detail: string;
            message: components["schemas"]["Bilingual"];
            problems: components["schemas"]["InputProblem"][];
        };
        ProblemText: {
            text: string;
        };
        ProblemsWrite: {
            problems: components["schemas"]["ProblemText"][];
        };
        Proposal: {
            kind: components["schemas"]["Kind"];
            title: string;
            scope: string;
            /** Format: int64 */
            contract_total_fen: number;
            /** Format: int64 */
            technology_amount_fen: number;
            starts_on: string;
            ends_on: string;
            milestones: components["schemas"]["MilestoneTerms"][];
            need_id: string;
            supply_id: string;
        };
        QueryAnswer: {
            columns: components["schemas"]["AnswerColumn"][];
            rows: unknown[];
            complete: boolean;
            /** Format: int64 */
            feed_seq: number;
            /** Format: int64 */
            took_ms: number;
        };
        QueryDownload: {
            sql: string;
            chart?: components["schemas"]["AnswerChart"];
        };
        QueryRequest: {
            sql: string;
        };
        QueryWrite: {
            title: string;
            sql: string;
            chart?: Record<string, unknown>;
        };
        QuestionView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            question: components["schemas"]["Bilingual"];
            help?: components["schemas"]["Bilingual"];
            type: components["schemas"]["FactType"];
            code_list?: string;
            unit?: components["schemas"]["Bilingual"];
            /** Format: int64 */
            fen_per_unit?: number;
            group: string;
            core: boolean;
        };
        /** @enum {string} */
        ReadModelState: "building" | "ready" | "stopped";
        Readiness: {
            ready: boolean;
            /** Format: int64 */
            feed_seq: number;
            /** Format: int64 */
            match_seq: number;
            /** Format: int64 */
            log_size: number;
        };
        Reason: {
            kind: components["schemas"]["ReasonKind"];
            text: components["schemas"]["Bilingual"];
            need_words?: string;
            supply_words?: string;
            relation?: string;
        };
        ReasonCount: {
            reason: components["schemas"]["RefusalReason"];
            /** Format: int64 */
            count: number;
        };
        /** @enum {string} */
        ReasonKind: "lexicon" | "topic" | "words" | "segment" | "region" | "budget" | "stage" | "figure" | "trl" | "meaning";
        ReceiptVerdictView: {
            valid: boolean;
            checks: components["schemas"]["Check"][];
            statement?: components["schemas"]["StatementView"];
            log?: components["schemas"]["LogView"];
        };
        ReceivedFeedback: {
            id: string;
            supply: components["schemas"]["SupplyTitle"];
            need: components["schemas"]["NeedGlimpse"];
            mark: components["schemas"]["Mark"];
            reason?: components["schemas"]["RefusalReason"];
            note?: string;
            at: string;
        };
        ReceivedView: {
            items: components["schemas"]["ReceivedFeedback"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
            marks: components["schemas"]["MarkCount"][];
            reasons: components["schemas"]["ReasonCount"][];
        };
        Reference: {
            id: string;
            name: string;
        };
        /** @enum {string} */
        RefusalReason: "too_early" | "benefit_unclear" | "commercial_route_unclear" | "description_unclear" | "capacity" | "price" | "region" | "other";
        RegionView: {
            code: string;
            name: string;
            full_name: string;
            parent?: string;
        };
        RegisterCount: {
            id: string;
            title: components["schemas"]["Bilingual"];
            /** Format: int64 */
            published: number;
        };
        RegisterView: {
            id: string;
            title: components["schemas"]["Bilingual"];
            about: components["schemas"]["Bilingual"];
            chain: string;
            supply_kind?: string;
            key: string[];
            fields: components["schemas"]["FieldView"][];
            may_create: boolean;
            /** Format: int64 */
            entries_published: number;
        };
        /** @enum {string} */
        Reminder: "none" | "soon" | "due" | "late" | "very_late" | "escalated";
        /** @enum {string} */
        ReportAct: "report" | "give_back" | "approve" | "correct";
        /** @enum {string} */
        ReportState: "reported" | "returned" | "approved" | "correcting";
        ReportWrite: {
            act: components["schemas"]["ReportAct"];
            value?: number;
            remark?: string;
            attachment?: string;
            reason?: string;
        };
        ReportedValue: {
            value: number;
            remark?: string;
            attachment?: string;
            by_id: string;
            by_name: string;
            on: string;
            attachment_sha256?: string;
        };
        ReviewContent: {
            period: string;
            held_on: string;
            notes: components["schemas"]["ReviewNote"][];
            decisions: components["schemas"]["ReviewDecision"][];
        };
        ReviewDecision: {
            text: string;
            unit: string;
            due_on: string;
            task_id?: string;
        };
        ReviewNote: {
            text: string;
            item_id?: string;
            on: string;
        };
        ReviewPage: {
            period: string;
            held_on: string;
            notes: components["schemas"]["ReviewNote"][];
            decisions: components["schemas"]["ReviewDecision"][];
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
            off_track: components["schemas"]["AgendaItem"][];
            changed: components["schemas"]["AgendaItem"][];
            tasks: components["schemas"]["AgendaItem"][];
            differences: components["schemas"]["TaskChange"][];
            may_steer: boolean;
        };
        /** @enum {string} */
        Role: "administrator" | "department" | "enterprise" | "provider" | "financier" | "auditor";
        Round: {
            id: string;
            day: string;
            cause: components["schemas"]["Cause"];
            state: components["schemas"]["RoundState"];
            started_at: string;
            ended_at?: string;
            /** Format: int64 */
            needs: number;
            /** Format: int64 */
            needs_done: number;
            /** Format: int64 */
            pairs: number;
            figures?: components["schemas"]["RoundFigures"];
            failure?: components["schemas"]["Bilingual"];
        };
        RoundFigures: {
            seconds: number;
            /** Format: int64 */
            candidates: number;
            /** Format: int64 */
            owners: number;
            /** Format: int64 */
            digests: number;
            share_of_best: number;
            concentration_plain: number;
            concentration: number;
        };
        /** @enum {string} */
        RoundState: "running" | "done" | "failed";
        Rung: {
            code: string;
            title: components["schemas"]["Bilingual"];
            held: boolean;
            /** Format: int64 */
            valid_years?: number;
            valid_legal: string;
            granted_by: string;
            recognised_legal: string;
        };
        SamePlan: {
            goal: components["schemas"]["PlanGoal"];
            same_as: components["schemas"]["PlanGoal"];
        };
        SavedQuery: {
            id: string;
            /** Format: int64 */
            version: number;
            title: string;
            sql: string;
            chart?: Record<string, unknown>;
            owner_id: string;
            owner_name: string;
            updated_at: string;
        };
        /** @enum {string} */
        Sensitivity: "open" | "members" | "owner";
        /** @enum {string} */
        Side: "buyer" | "seller";
        /** @enum {string} */
        Sight: "published" | "audited" | "everything";
        SignIn: {
            login: string;
            password: string;
        };
        SignInByLink: {
            token: string;
        };
        SplitAdvice: {
            state: components["schemas"]["AdviceState"];
            model: string;
            problems: string[];
            reason?: components["schemas"]["Bilingual"];
        };
        /** @enum {string} */
        Standing: "in_force" | "draft" | "proposal";
        /** @enum {string} */
        State: "proposed" | "agreed" | "delivered" | "accepted" | "disputed" | "terminated" | "declined";
        StateCount: {
            state: components["schemas"]["State"];
            /** Format: int64 */
            count: number;
        };
        StatementReference: {
            id: string;
            kind: string;
            at: string;
        };
        StatementView: {
            id: string;
            /** Format: int64 */
            index: number;
            kind: string;
            subject: string;
            at: string;
            issuer: string;
            public: Record<string, unknown>;
        };
        Steadiness: {
            county: string;
            /** Format: int64 */
            rank: number;
            /** Format: int64 */
            rank_best: number;
            /** Format: int64 */
            rank_worst: number;
            changes: number;
            d_low: number;
            d_high: number;
        };
        /** @enum {string} */
        SteeringChain: "innovation" | "industry" | "capital" | "talent";
        SteeringUnit: {
            name: string;
            organization_id?: string;
            steers: boolean;
        };
        SteeringUnitView: {
            name: string;
            organization_id?: string;
            steers: boolean;
            organization_name?: string;
        };
        StoodThen: {
            id: string;
            state: string;
            late: boolean;
        };
        SupplyReference: {
            id: string;
            register: string;
            title: string;
        };
        SupplyTitle: {
            id: string;
            register: string;
            title: string;
        };
        /** @enum {string} */
        System: "innovation" | "industry" | "capital" | "talent";
        TableFacts: {
            id: string;
            title: components["schemas"]["Bilingual"];
            about: components["schemas"]["Bilingual"];
            columns: components["schemas"]["ColumnFacts"][];
        };
        TablesView: {
            sight: components["schemas"]["Sight"];
            state: components["schemas"]["ReadModelState"];
            /** Format: int64 */
            feed_seq: number;
            items: components["schemas"]["TableFacts"][];
        };
        Tally: {
            /** Format: int64 */
            companies: number;
            /** Format: int64 */
            claim: number;
            /** Format: int64 */
            to_be_set: number;
            /** Format: int64 */
            tell_us: number;
            /** Format: int64 */
            almost: number;
            /** Format: int64 */
            no: number;
            /** Format: int64 */
            amount_fen: number;
            /** Format: int64 */
            without_amount: number;
        };
        /** @enum {string} */
        TargetKind: "equal" | "at_least" | "at_most" | "about" | "keep_stable" | "rank_at_best" | "none";
        TaskChange: {
            kind: components["schemas"]["TaskChangeKind"];
            id: string;
            title: string;
            task_kind: components["schemas"]["TaskKind"];
            fields: components["schemas"]["FieldChange"][];
        };
        /** @enum {string} */
        TaskChangeKind: "added" | "removed" | "done" | "slipped" | "changed";
        TaskContent: {
            kind: components["schemas"]["TaskKind"];
            /** Format: int64 */
            year: number;
            number: string;
            title: string;
            text: string;
            chain?: components["schemas"]["SteeringChain"];
            duties: components["schemas"]["Duty"][];
            person?: string;
            due_on?: string;
            status: components["schemas"]["TaskStatus"];
            status_reason: string;
            milestones: components["schemas"]["TaskMilestone"][];
            evidence: components["schemas"]["EvidenceLink"][];
            fictional: boolean;
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            review_id?: string;
        };
        /** @enum {string} */
        TaskKind: "measure" | "project" | "reform" | "decision";
        TaskMilestone: {
            title: string;
            due_on?: string;
            done_on?: string;
        };
        /** @enum {string} */
        TaskStatus: "planned" | "running" | "at_risk" | "slipped" | "done" | "dropped";
        TaskView: {
            kind: components["schemas"]["TaskKind"];
            /** Format: int64 */
            year: number;
            number: string;
            title: string;
            text: string;
            chain?: components["schemas"]["SteeringChain"];
            duties: components["schemas"]["Duty"][];
            person?: string;
            due_on?: string;
            status: components["schemas"]["TaskStatus"];
            status_reason: string;
            milestones: components["schemas"]["TaskMilestone"][];
            evidence: components["schemas"]["EvidenceLink"][];
            fictional: boolean;
            plan_id?: string;
            ranges?: components["schemas"]["DraftRange"][];
            review_id?: string;
            id: string;
            /** Format: int64 */
            version: number;
            updated_at: string;
            may_edit: boolean;
        };
        TasksView: {
            today: string;
            may_steer: boolean;
            items: components["schemas"]["TaskView"][];
        };
        Terms: {
            kind: components["schemas"]["Kind"];
            title: string;
            scope: string;
            /** Format: int64 */
            contract_total_fen: number;
            /** Format: int64 */
            technology_amount_fen: number;
            starts_on: string;
            ends_on: string;
            milestones: components["schemas"]["MilestoneTerms"][];
        };
        /** @enum {string} */
        TokenScope: "read" | "write";
        TriedFigure: {
            period: string;
            from: string;
            to: string;
            value?: number;
            by_days: boolean;
            /** Format: int64 */
            feed_seq: number;
            /** Format: int64 */
            rows_total: number;
            rows_complete: boolean;
            rows: components["schemas"]["LineageRow"][];
        };
        UnitView: {
            name: string;
            organization_id?: string;
            steers: boolean;
            today: string;
            before: string;
            indicators: components["schemas"]["IndicatorView"][];
            tasks: components["schemas"]["TaskView"][];
            dues: components["schemas"]["DueReport"][];
            indicators_then: components["schemas"]["StoodThen"][];
            tasks_then: components["schemas"]["StoodThen"][];
            organization_name?: string;
            people: components["schemas"]["Colleague"][];
        };
        ValueRules: {
            min?: number;
            max?: number;
            jump_percent?: number;
            sum_of?: string;
        };
        /** @enum {string} */
        Verdict: "no" | "yes" | "tell_us" | "to_be_set" | "not_computable";
        VersionNote: {
            /** Format: int64 */
            version: number;
            at: string;
            actor_name: string;
            act: string;
            note?: string;
        };
        /** @enum {string} */
        Weighting: "entropy" | "given";
        WhatIf: {
            policy: string;
            day: string;
            figures: components["schemas"]["FigureUsed"][];
            now: components["schemas"]["Tally"];
            then: components["schemas"]["Tally"];
            /** Format: int64 */
            gain: number;
            /** Format: int64 */
            lose: number;
            gains: components["schemas"]["ListRow"][];
            loses: components["schemas"]["ListRow"][];
        };
        WhatIfAsk: {
            figures: Record<string, unknown>;
        };
        Withdrawal: {
            reason: string;
        };
        anonymousCountyName: {
            county: string;
            name: string;
        };
        anonymousEntitlementPage: {
            policy: string;
            day: string;
            /** Format: int64 */
            feed_seq: number;
            tally: components["schemas"]["Tally"];
            clauses: components["schemas"]["ClauseCounts"][];
            items: components["schemas"]["ListRow"][];
            /** Format: int64 */
            total: number;
            next_cursor?: string;
            kept: components["schemas"]["KeptList"][];
        };
        anonymousFusionView: {
            normalisation: components["schemas"]["Normalisation"];
            weighting: components["schemas"]["Weighting"];
            indicators: components["schemas"]["Indicator"][];
            alpha: number[];
            weights: number[];
            counties: components["schemas"]["anonymousCountyName"][];
            places: components["schemas"]["Place"][];
            /** Format: int64 */
            latest_year?: number;
            compared: components["schemas"]["Comparison"][];
            steadiness: components["schemas"]["Steadiness"][];
            /** Format: int64 */
            runs: number;
            cautions: components["schemas"]["Bilingual"][];
        };
        anonymousPlansView: {
            need_id: string;
            title: string;
            begins_on: string;
            /** Format: int64 */
            budget_fen?: number;
            deadline?: string;
            /** Format: int64 */
            feed_seq: number;
            problems: components["schemas"]["NeedProblem"][];
            alternatives: components["schemas"]["Alternative"][];
            same: components["schemas"]["SamePlan"][];
            notes: components["schemas"]["Bilingual"][];
            supplies: components["schemas"]["MatchedSupply"][];
        };
        anonymousSearchHit: {
            entry: components["schemas"]["EntryView"];
            kind: string;
            score: number;
            reasons: components["schemas"]["Reason"][];
        };
        anonymousSearchResult: {
            /** Format: int64 */
            feed_seq: number;
            items: components["schemas"]["anonymousSearchHit"][];
        };
    };
    responses: {
        /** @description Problem details (RFC 9457) */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description ETag of the version that was read; required, else 422 */
        IfMatch: string;
        /** @description ETag of the version that was read; a change without it gets 422, the first write needs none */
        IfMatchOfChange: string;
        /** @description Same key and body: the first answer again, for 30 days */
        IdempotencyKey: string;
        /** @description next_cursor of the page before */
        Cursor: string;
        Limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description 登录名或姓名的一部分 · part of login or name */
                q?: string;
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageAccountView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountWithLink"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createAccountLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getModelStates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsModelState"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getNodeState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeState"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    runQuery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryAnswer"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    downloadQuery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryDownload"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    downloadQueryWorkbook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryDownload"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listSavedQueries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsSavedQuery"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    saveQuery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryWrite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getSavedQuery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    editSavedQuery: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeSavedQuery: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listAnalyticsTables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TablesView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listAppraisals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsAppraisalScheme"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    explainAppraisal: {
        parameters: {
            query?: {
                /** @description 年份；不写即上一个整年 · the last full year unless given */
                year?: number;
            };
            header?: never;
            path: {
                id: string;
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppraisalPage"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getAppraisal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppraisalTable"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    confirmAppraisal: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; a change without it gets 422, the first write needs none */
                "If-Match"?: components["parameters"]["IfMatchOfChange"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
                year: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmationWrite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppraisalConfirmation"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            507: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getConfirmedAppraisal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                year: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedAppraisal"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportAppraisalCsv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportAppraisalXlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                year: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listChains: {
        parameters: {
            query?: {
                /** @description 从哪个区域看，行政区划代码；不写即本节点的区域 · division code to look from; this node's own unless given */
                region?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AtlasOverview"];
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getChainNode: {
        parameters: {
            query?: {
                /** @description 从哪个区域看，行政区划代码；不写即本节点的区域 · division code to look from; this node's own unless given */
                region?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AtlasNode"];
                };
            };
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getChain: {
        parameters: {
            query?: {
                /** @description 从哪个区域看，行政区划代码；不写即本节点的区域 · division code to look from; this node's own unless given */
                region?: string;
            };
            header?: never;
            path: {
                chain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AtlasChain"];
                };
            };
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportChainCsv: {
        parameters: {
            query?: {
                /** @description 从哪个区域看，行政区划代码；不写即本节点的区域 · division code to look from; this node's own unless given */
                region?: string;
            };
            header?: never;
            path: {
                chain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportChainXlsx: {
        parameters: {
            query?: {
                /** @description 从哪个区域看，行政区划代码；不写即本节点的区域 · division code to look from; this node's own unless given */
                region?: string;
            };
            header?: never;
            path: {
                chain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    addAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            507: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    downloadAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportCockpitCsv: {
        parameters: {
            query?: {
                /** @description 链；none 即未分链的 · chain; none: those of no chain */
                chain?: components["schemas"]["ChainFilter"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 哪张图；不写即全部，含融合度（只有 XLSX） · which picture; all with those of the fusion index unless given (XLSX alone) */
                picture?: components["schemas"]["CockpitPicture"];
                /** @description 四链水平图：与最高的县比哪个县，行政区划代码 · of the levels of the four chains: division code of the county beside the highest */
                county?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportCockpitXlsx: {
        parameters: {
            query?: {
                /** @description 链；none 即未分链的 · chain; none: those of no chain */
                chain?: components["schemas"]["ChainFilter"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 哪张图；不写即全部，含融合度（只有 XLSX） · which picture; all with those of the fusion index unless given (XLSX alone) */
                picture?: components["schemas"]["CockpitPicture"];
                /** @description 四链水平图：与最高的县比哪个县，行政区划代码 · of the levels of the four chains: division code of the county beside the highest */
                county?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getCodeList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeListView"];
                };
            };
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listDeals: {
        parameters: {
            query?: {
                /** @description 状态 · state */
                state?: components["schemas"]["State"];
                /** @description 本单位是哪一方 · my organization's side */
                side?: components["schemas"]["Side"];
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageDealView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    proposeDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proposal"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    actOnDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listDigests: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestsView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getDigest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    markDigest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DigestRead"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestSummary"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getExposure: {
        parameters: {
            query?: {
                /** @description 最近几天，1 至 60 · the last so many days, 1 to 60 */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExposureReport"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getExposureCsv: {
        parameters: {
            query?: {
                /** @description 最近几天，1 至 60 · the last so many days, 1 to 60 */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listReceivedFeedback: {
        parameters: {
            query?: {
                /** @description 只看这种标记 · only this mark */
                mark?: components["schemas"]["Mark"];
                /** @description 只看这种原因 · only this reason */
                reason?: components["schemas"]["RefusalReason"];
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    tryFigure: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FigureTrial"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedFigure"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getFusion: {
        parameters: {
            query?: {
                /** @description 归一：最小最大（默认）或参照值 · normalisation: least and most of the panel (default), or reference values */
                normalisation?: components["schemas"]["Normalisation"];
                /** @description 权重：熵值（默认）或给定 · weights: entropy (default), or as given */
                weighting?: components["schemas"]["Weighting"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["anonymousFusionView"];
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportFusionCsv: {
        parameters: {
            query?: {
                /** @description 归一：最小最大（默认）或参照值 · normalisation: least and most of the panel (default), or reference values */
                normalisation?: components["schemas"]["Normalisation"];
                /** @description 权重：熵值（默认）或给定 · weights: entropy (default), or as given */
                weighting?: components["schemas"]["Weighting"];
                /** @description 只要一张图背后的行：levels 四链水平，degrees 各县融合度；不写即全部 · the rows behind one picture alone: levels, or degrees by county; everything unless given */
                picture?: components["schemas"]["Picture"];
                /** @description 图的年度；不写即各县都有数的最近一年 · year of the picture; the last in which all counties have an index unless given */
                year?: number;
                /** @description 四链水平图：与最高的县比哪个县，行政区划代码；不写即最高和最低 · of levels: division code of the county beside the highest; the highest and the lowest unless given */
                county?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportFusionXlsx: {
        parameters: {
            query?: {
                /** @description 归一：最小最大（默认）或参照值 · normalisation: least and most of the panel (default), or reference values */
                normalisation?: components["schemas"]["Normalisation"];
                /** @description 权重：熵值（默认）或给定 · weights: entropy (default), or as given */
                weighting?: components["schemas"]["Weighting"];
                /** @description 只要一张图背后的行：levels 四链水平，degrees 各县融合度；不写即全部 · the rows behind one picture alone: levels, or degrees by county; everything unless given */
                picture?: components["schemas"]["Picture"];
                /** @description 图的年度；不写即各县都有数的最近一年 · year of the picture; the last in which all counties have an index unless given */
                year?: number;
                /** @description 四链水平图：与最高的县比哪个县，行政区划代码；不写即最高和最低 · of levels: division code of the county beside the highest; the highest and the lowest unless given */
                county?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsImport"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    commitImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    followImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getWrongRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getInbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsInboxItem"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listIndicators: {
        parameters: {
            query?: {
                /** @description 截至哪一天，如 2026-09-30；不写即今天 · as of the end of this day, such as 2026-09-30; today unless given */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorsView"];
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    defineIndicator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IndicatorContent"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorPage"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportIndicatorsCsv: {
        parameters: {
            query?: {
                /** @description 链；none 即未分链的 · chain; none: those of no chain */
                chain?: components["schemas"]["ChainFilter"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 截至哪一天；不写即今天 · as of the end of this day; today unless given */
                as_of?: string;
                /** @description 状态 · state */
                state?: components["schemas"]["IndicatorState"];
                /** @description 只要承诺，或只要表内指标 · promises alone, or table indicators alone */
                promise?: boolean;
                /** @description 代码或名称里的字 · words in code or name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportSdmx: {
        parameters: {
            query?: {
                /** @description 截至哪一天；不写即今天 · as of the end of this day; today unless given */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.sdmx.data+csv": string;
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportIndicatorsXlsx: {
        parameters: {
            query?: {
                /** @description 链；none 即未分链的 · chain; none: those of no chain */
                chain?: components["schemas"]["ChainFilter"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 截至哪一天；不写即今天 · as of the end of this day; today unless given */
                as_of?: string;
                /** @description 状态 · state */
                state?: components["schemas"]["IndicatorState"];
                /** @description 只要承诺，或只要表内指标 · promises alone, or table indicators alone */
                promise?: boolean;
                /** @description 代码或名称里的字 · words in code or name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getIndicator: {
        parameters: {
            query?: {
                /** @description 截至哪一天，如 2026-09-30；不写即今天 · as of the end of this day, such as 2026-09-30; today unless given */
                as_of?: string;
                /** @description 说哪一期的来源，如 2026-Q3；不写即页面上最近的数 · whose lineage is told, such as 2026-Q3; that of the latest figure unless given */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorPage"];
                };
            };
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    redefineIndicator: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IndicatorChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorPage"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportIndicatorCsv: {
        parameters: {
            query?: {
                /** @description 截至哪一天；不写即今天 · as of the end of this day; today unless given */
                as_of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportIndicatorXlsx: {
        parameters: {
            query?: {
                /** @description 截至哪一天；不写即今天 · as of the end of this day; today unless given */
                as_of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    actOnReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; a change without it gets 422, the first write needs none */
                "If-Match"?: components["parameters"]["IfMatchOfChange"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
                period: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getLogState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    previewMatches: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NeedPreview"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchesView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    setMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listMyTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsApiToken"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createMyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiToken"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    revokeMyToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsFeedbackView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    giveFeedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; a change without it gets 422, the first write needs none */
                "If-Match"?: components["parameters"]["IfMatchOfChange"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
                supply: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMatches: {
        parameters: {
            query?: {
                /** @description 资源类型 · kind of supply */
                kind?: string;
                /** @description 行政区划代码 · division code */
                region?: string;
                /** @description 产业链环节代码 · segment code */
                segment?: string;
                /** @description 最多几条 · at most so many */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchesView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getPlans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["anonymousPlansView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getProblems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeedProblems"];
                };
            };
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    setProblems: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProblemsWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeedProblems"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getSplitAdvice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitAdvice"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    dismissSplitAdvice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsPlanView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    commitPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanCommit"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPlanContent"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listPlanDrafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsPlanDraftNote"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    keepPlanDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanDraftWrite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanDraftNote"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getPlanDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanDraft"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    savePlanDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanDraftWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanDraftNote"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    discardPlanDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    readPlan: {
        parameters: {
            query?: {
                /** @description 与这份文件比较 · compare with this plan */
                replaces?: string;
            };
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                };
                "text/plain": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanReading"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPlanContent"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsPolicyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerPolicies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyAsk"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswers"];
                };
            };
            400: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listPolicyQuestions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyQuestions"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEntitled: {
        parameters: {
            query?: {
                /** @description 只要这种结论；不写即除不适用外的全部 · only with this outcome; all but `no` unless given */
                outcome?: components["schemas"]["Outcome"];
                /** @description 每页条数 · items a page */
                limit?: number;
                /** @description 上一页给的位置 · from the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["anonymousEntitlementPage"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportEntitledCsv: {
        parameters: {
            query?: {
                /** @description 只要这种结论；不写即除不适用外的全部 · only with this outcome; all but `no` unless given */
                outcome?: components["schemas"]["Outcome"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportEntitledXlsx: {
        parameters: {
            query?: {
                /** @description 只要这种结论；不写即除不适用外的全部 · only with this outcome; all but `no` unless given */
                outcome?: components["schemas"]["Outcome"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    keepEntitled: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptList"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    tryFigures: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatIfAsk"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    verifyReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptVerdictView"];
                };
            };
            400: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listRegions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsRegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRegisters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsRegisterView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRegister: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterView"];
                };
            };
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description 标题包含 · part of the title */
                q?: string;
                /** @description 状态 · state */
                state?: components["schemas"]["EntryState"];
                /** @description 行政区划代码，含下级 · division code, its parts included */
                region?: string;
                /** @description 产业链环节代码 · segment code */
                segment?: string;
                /** @description 单位编号 · organization id */
                owner?: string;
                /** @description 只看本单位的 · only my organization's */
                mine?: boolean;
                /** @description updated 或 title · updated or title */
                sort?: string;
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageEntryView"];
                };
            };
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryWrite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            507: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    editEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryWrite"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            507: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    publishEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listEntryVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsEntryVersionView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    withdrawEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                register: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportEntriesCsv: {
        parameters: {
            query?: {
                /** @description 标题包含 · part of the title */
                q?: string;
                /** @description 状态 · state */
                state?: components["schemas"]["EntryState"];
                /** @description 行政区划代码，含下级 · division code, its parts included */
                region?: string;
                /** @description 产业链环节代码 · segment code */
                segment?: string;
                /** @description 单位编号 · organization id */
                owner?: string;
                /** @description 只看本单位的 · only my organization's */
                mine?: boolean;
                /** @description updated 或 title · updated or title */
                sort?: string;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportEntriesXlsx: {
        parameters: {
            query?: {
                /** @description 标题包含 · part of the title */
                q?: string;
                /** @description 状态 · state */
                state?: components["schemas"]["EntryState"];
                /** @description 行政区划代码，含下级 · division code, its parts included */
                region?: string;
                /** @description 产业链环节代码 · segment code */
                segment?: string;
                /** @description 单位编号 · organization id */
                owner?: string;
                /** @description 只看本单位的 · only my organization's */
                mine?: boolean;
                /** @description updated 或 title · updated or title */
                sort?: string;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createImport: {
        parameters: {
            query?: {
                /** @description 写入后即发布 · publish what is written */
                publish?: boolean;
            };
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listDueReports: {
        parameters: {
            query?: {
                /** @description 所有部门的，不只本单位的 · of all departments, not only one's own */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueReportsView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listReviews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsKeptReviewContent"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    openReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewContent"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewContent"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    reportReviewDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    reportReviewWorkbook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listRounds: {
        parameters: {
            query?: {
                /** @description 最多几条 · at most so many */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsRound"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    startRound: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Round"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getRound: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Round"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    followRound: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getRoundMail: {
        parameters: {
            query?: {
                /** @description mbox 或 jsonl · mbox or jsonl */
                format?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/mbox": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description 检索词 · words */
                q: string;
                /** @description 资源类型 · kind of supply */
                kind?: string;
                /** @description 行政区划代码 · division code */
                region?: string;
                /** @description 产业链环节代码 · segment code */
                segment?: string;
                /** @description 最多几条 · at most so many */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["anonymousSearchResult"];
                };
            };
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, without content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signInByLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInByLink"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /** @description 对象编号 · id of the subject */
                subject?: string;
                /** @description 种类 · kind */
                kind?: string;
                /** @description next_cursor of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageStatementView"];
                };
            };
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementView"];
                };
            };
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listSteeringUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsSteeringUnitView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    setSteeringUnit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SteeringUnit"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SteeringUnit"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getSteeringUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description 种类 · kind */
                kind?: components["schemas"]["TaskKind"];
                /** @description 状态 · status */
                status?: components["schemas"]["TaskStatus"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TasksView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    addTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskContent"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportTasksCsv: {
        parameters: {
            query?: {
                /** @description 种类；不写即全部，工作簿里各一张表 · kind; all, a sheet each in the workbook, unless given */
                kind?: components["schemas"]["TaskKind"];
                /** @description 状态 · status */
                status?: components["schemas"]["TaskStatus"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 只要滞后的 · late ones alone */
                late?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    exportTasksXlsx: {
        parameters: {
            query?: {
                /** @description 种类；不写即全部，工作簿里各一张表 · kind; all, a sheet each in the workbook, unless given */
                kind?: components["schemas"]["TaskKind"];
                /** @description 状态 · status */
                status?: components["schemas"]["TaskStatus"];
                /** @description 责任单位 · responsible unit */
                unit?: string;
                /** @description 只要滞后的 · late ones alone */
                late?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listTaskChanges: {
        parameters: {
            query: {
                /** @description 从这天末 · from the end of this day */
                from: string;
                /** @description 到这天末 · to the end of this day */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsTaskChange"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that was read; required, else 422 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Same key and body: the first answer again, for 30 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskContent"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    /** @description Version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            412: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
